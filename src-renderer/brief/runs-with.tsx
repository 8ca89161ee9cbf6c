import type { ReactElement } from 'react';
import type { BriefText, RunsWith } from '../../src-main/contract/brief.ts';
import type { ProjectId } from '../../src-main/contract/ids.ts';
import { modelInWords } from '../client/run-sign.ts';
import { Choice } from '../ui/choice.tsx';
import { TextField } from '../ui/field.tsx';
import { InternetSign } from '../ui/internet-sign.tsx';
import { BaseField } from './base-field.tsx';

interface RunsWithProps {
  readonly projectId: ProjectId;
  readonly text: BriefText;
  readonly onChange: (change: Partial<BriefText>) => void;
}

const MODES = [
  { value: 'script', title: 'Script', hint: 'A command of yours does the work.' },
  { value: 'code', title: 'Code', hint: 'An agent edits. None is set up.' },
  { value: 'ask', title: 'Ask', hint: 'An agent answers. None is set up.' },
] as const;

/** The line "Runs with": mode, base, what leaves the machine; in script mode the command. */
export const RunsWithFields = ({ projectId, text, onChange }: RunsWithProps): ReactElement => {
  const { runsWith } = text;
  const set = (change: Partial<RunsWith>): void => onChange({ runsWith: { ...runsWith, ...change } });
  return (
    <section className="stack runs-with" aria-label="Runs with">
      <div className="row wrap">
        <h3 className="grow">Runs with</h3>
        <span className="tag muted">
          <InternetSign internet={runsWith.internet} /> · {modelInWords(text)}
        </span>
      </div>
      <div className="runs-with-line">
        <Choice label="Mode" value={runsWith.mode} options={MODES} onChange={(mode) => set({ mode })} />
        <BaseField projectId={projectId} base={runsWith.base} onChange={(base) => set({ base })} />
      </div>
      {runsWith.mode === 'script' && (
        <TextField label="Command" mono lines value={runsWith.command} placeholder="npx prettier --write src" hint="Runs in the container with the internet off. What it changes is the result." onChange={(command) => set({ command })} />
      )}
    </section>
  );
};
