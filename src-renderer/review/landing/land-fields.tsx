import type { ReactElement } from 'react';
import { Field, TextField } from '../../ui/field.tsx';
import { visibleText } from '../../../src-main/domain/visible-text.ts';
import type { LandingForm } from './landing-target.ts';

interface LandFieldsProps {
  readonly form: LandingForm;
  readonly branches: readonly string[];
  /** The message that is used until another is typed. */
  readonly proposed: string;
  readonly hasDirty: boolean;
  readonly onChange: (form: LandingForm) => void;
}

const KINDS = { branch: 'Branch', workingTree: 'Working tree', patch: 'Patch file' } as const;

/** Where the result goes. */
export const LandFields = ({ form, branches, proposed, hasDirty, onChange }: LandFieldsProps): ReactElement => {
  const set = (change: Partial<LandingForm>): void => onChange({ ...form, ...change });
  return (
    <>
      <fieldset className="land-kinds">
        <legend className="hidden-text">Land as</legend>
        {(['branch', 'workingTree', 'patch'] as const).map((kind) => (
          <label key={kind}>
            <input type="radio" name="kind" checked={form.kind === kind} onChange={() => set({ kind })} />
            {KINDS[kind]}
          </label>
        ))}
      </fieldset>
      {form.kind === 'branch' && (
        <>
          <TextField label="Branch name" mono autoFocus value={form.branch} onChange={(branch) => set({ branch })} />
          <Field label="Onto">
            {(id) => (
              <select id={id} className="input" value={form.onto} onChange={(event) => set({ onto: event.target.value })}>
                <option value="">The commit that the run started from</option>
                {branches.map((name) => (
                  <option key={name} value={name}>
                    {visibleText(name)}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <TextField label="Message" lines value={form.message ?? proposed} onChange={(message) => set({ message })} />
        </>
      )}
      {form.kind === 'workingTree' && (hasDirty || form.overwriteChanged) && (
        <label className="row">
          <input type="checkbox" checked={form.overwriteChanged} onChange={(event) => set({ overwriteChanged: event.target.checked })} />
          Overwrite my own changes in the paths marked below
        </label>
      )}
      {form.kind === 'patch' && (
        <TextField label="File" mono value={form.file} placeholder="Empty: download it" hint="An absolute path on this machine." onChange={(file) => set({ file })} />
      )}
    </>
  );
};
