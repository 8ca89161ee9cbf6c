import type { ReactElement } from 'react';
import type { BriefText, RunsWith } from '../../src-main/contract/brief.ts';
import type { ProjectId } from '../../src-main/contract/ids.ts';
import type { Internet } from '../../src-main/contract/network.ts';
import { modelInWords } from '../client/run-sign.ts';
import { Button } from '../ui/button.tsx';
import { Choice } from '../ui/choice.tsx';
import { TextField } from '../ui/field.tsx';
import { FunnelIcon, GlobeIcon, LockIcon, WarningIcon } from '../ui/icons.tsx';
import { InternetSign } from '../ui/internet-sign.tsx';
import { Segments } from '../ui/segments.tsx';
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

const INTERNET: readonly { value: Internet; title: ReactElement; name: string }[] = [
  { value: 'off', title: <><LockIcon size={12} /> Off</>, name: 'Off' },
  { value: 'allowlist', title: <><FunnelIcon size={12} /> Allow-list</>, name: 'Allow-list' },
  { value: 'full', title: <span className="row tone-red"><GlobeIcon size={12} /> Full</span>, name: 'Full' },
];
const MEANS: Readonly<Record<Internet, string>> = {
  off: 'The work reaches nothing.',
  allowlist: 'The work reaches the hosts of the environment’s allow-list, by name. The rest is refused and listed.',
  full: 'The work reaches everything: what it reads, it can send to anybody.',
};

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
        <div data-field="Agent">
          <Choice label="Mode" value={runsWith.mode} options={MODES} onChange={(mode) => set({ mode })} />
        </div>
        <BaseField projectId={projectId} base={runsWith.base} onChange={(base) => set({ base })} />
      </div>
      <div className="field">
        <span className="label">Internet</span>
        <div>
          <Segments label="Internet" value={runsWith.internet} options={INTERNET} onChange={(internet) => set({ internet })} />
        </div>
        <span className={runsWith.internet === 'full' ? 'hint tone-red' : 'hint'} role="status">{MEANS[runsWith.internet]}</span>
      </div>
      {runsWith.variants > 1 && (
        <div className="notice amber" role="status" data-field="Variants">
          <WarningIcon />
          <p className="grow">
            <strong>This brief asks for {runsWith.variants} variants.</strong> Several attempts at once are not run yet: as it is, it cannot be launched.
          </p>
          <Button onClick={() => set({ variants: 1 })}>Run it once</Button>
        </div>
      )}
      {runsWith.mode === 'script' && (
        <div data-field="Command">
          <TextField label="Command" mono lines value={runsWith.command} placeholder="e.g. npx prettier --write src" hint="Runs in the container. What it changes is the result." onChange={(command) => set({ command })} />
        </div>
      )}
    </section>
  );
};
