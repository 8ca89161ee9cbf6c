import type { ReactElement } from 'react';
import { Field, TextField } from '../../ui/field.tsx';
import { visibleText } from '../../../src-main/domain/visible-text.ts';
import type { RepositoryFacts } from '../../../src-main/contract/project.ts';
import { count } from '../../ui/format.ts';
import type { LandingForm } from './landing-target.ts';

interface LandFieldsProps {
  readonly form: LandingForm;
  /** null: not known yet. */
  readonly repository: RepositoryFacts | null;
  /** The branch that the run started from; null: none. */
  readonly baseBranch: string | null;
  /** The message that is used until another is typed. */
  readonly proposed: string;
  /** How much of the result is not landed; empty: all of it is. */
  readonly leftOut: string;
  readonly hasDirty: boolean;
  readonly onChange: (form: LandingForm) => void;
}

const KINDS = { branch: 'Branch', workingTree: 'Working tree', patch: 'Patch file' } as const;

/** The one that is chosen is there before the others are known. */
const branchesOf = (repository: RepositoryFacts | null, chosen: string): readonly string[] => {
  const names = repository?.branches.map(({ name }) => name) ?? [];
  return chosen === '' || names.includes(chosen) ? names : [chosen, ...names];
};

const workingTreeInWords = ({ path, branch, changedFiles }: RepositoryFacts): ReactElement => (
  <>
    Into <code className="literal">{visibleText(path)}</code>, {branch === null ? 'which is on no branch' : <>on <code className="literal">{visibleText(branch)}</code></>},{' '}
    {changedFiles === 0 ? 'which is clean.' : <span className="tone-amber">with {count(changedFiles, 'file')} of yours changed.</span>} <span className="muted">Nothing is committed.</span>
  </>
);

/** What becomes of the branch that it starts from: nothing, unless it is the one that is named. */
const fromInWords = ({ branch, onto }: LandingForm): string => {
  if (onto === '') return '';
  return branch.trim() === onto ? `${visibleText(onto)} itself moves on.` : `${visibleText(onto)} itself stays where it is.`;
};

/** Where the result goes. */
export const LandFields = ({ form, repository, baseBranch, proposed, leftOut, hasDirty, onChange }: LandFieldsProps): ReactElement => {
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
          <TextField label="New branch" mono autoFocus value={form.branch} onChange={(branch) => set({ branch })} />
          <Field label="From" hint={fromInWords(form)}>
            {(id, describedBy) => (
              <select id={id} aria-describedby={describedBy} name="onto" className="input" value={form.onto} onChange={(event) => set({ onto: event.target.value })}>
                <option value="">The commit that the run started from</option>
                {branchesOf(repository, form.onto).map((name) => (
                  <option key={name} value={name}>
                    {visibleText(name)}
                    {name === baseBranch && ', where it started from'}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <TextField
            label="Message"
            lines
            value={form.message ?? proposed}
            // What was typed for this is its writer's own; what was proposed knows nothing of what was taken out.
            {...(leftOut !== '' && form.message === null && { hint: `Written for the whole result: ${leftOut} left out.` })}
            onChange={(message) => set({ message })}
          />
        </>
      )}
      {form.kind === 'workingTree' && repository && <p data-testid="working-tree">{workingTreeInWords(repository)}</p>}
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
