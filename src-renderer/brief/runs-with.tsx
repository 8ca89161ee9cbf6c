import type { ReactElement } from 'react';
import type { BriefText, RunsWith } from '../../src-main/contract/brief.ts';
import type { ProjectId } from '../../src-main/contract/ids.ts';
import { Field, NumberField, TextField } from '../ui/field.tsx';
import { BaseField } from './base-field.tsx';

interface RunsWithProps {
  readonly projectId: ProjectId;
  readonly text: BriefText;
  readonly onChange: (change: Partial<BriefText>) => void;
}

/** The line "Runs with": mode, command, base, time budget. */
export const RunsWithFields = ({ projectId, text, onChange }: RunsWithProps): ReactElement => {
  const { runsWith } = text;
  const set = (change: Partial<RunsWith>): void => onChange({ runsWith: { ...runsWith, ...change } });
  return (
    <section className="stack runs-with" aria-label="Runs with">
      <h3>Runs with</h3>
      <div className="thirds">
        <Field label="Mode" hint="Code and ask need a coding agent; none is set up.">
          {(id, describedBy) => (
            <select id={id} aria-describedby={describedBy} className="input" value={runsWith.mode} onChange={(event) => set({ mode: event.target.value as RunsWith['mode'] })}>
              <option value="script">Script: a command of yours</option>
              <option value="code" disabled>
                Code: an agent edits
              </option>
              <option value="ask" disabled>
                Ask: an agent answers
              </option>
            </select>
          )}
        </Field>
        <BaseField projectId={projectId} base={runsWith.base} onChange={(base) => set({ base })} />
        <NumberField
          label="Time budget, minutes"
          min={0.05}
          max={10_080}
          step="any"
          value={text.timeBudgetMinutes}
          onChange={(timeBudgetMinutes) => onChange({ timeBudgetMinutes })}
        />
      </div>
      {runsWith.mode === 'script' && (
        <TextField
          label="Command"
          mono
          lines
          value={runsWith.command}
          placeholder="npx prettier --write src"
          hint="Runs in the container with the internet off. What it changes is the result."
          onChange={(command) => set({ command })}
        />
      )}
    </section>
  );
};
