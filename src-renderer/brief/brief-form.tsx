import { useEffect, useState, type ReactElement } from 'react';
import type { BriefText } from '../../src-main/contract/brief.ts';
import type { ProjectId } from '../../src-main/contract/ids.ts';
import { api } from '../client/api.ts';
import { LinesField, TextField } from '../ui/field.tsx';
import { ChecksField } from './checks-field.tsx';
import { RunsWithFields } from './runs-with.tsx';
import './brief.css';

/** Checks that the repository's own files suggest. */
const useSuggestedChecks = (projectId: ProjectId): readonly string[] => {
  const [checks, setChecks] = useState<readonly string[]>([]);
  useEffect(() => {
    api.projects.propose({ projectId }).then((proposal) => setChecks(proposal.checks), () => setChecks([]));
  }, [projectId]);
  return checks;
};

interface BriefFormProps {
  readonly projectId: ProjectId;
  readonly text: BriefText;
  readonly isNew: boolean;
  readonly onChange: (text: BriefText) => void;
}

const Output = ({ text, onChange }: { readonly text: BriefText; readonly onChange: (output: BriefText['output']) => void }): ReactElement => (
  <fieldset className="plain">
    <legend className="label">Output</legend>
    <div className="row wrap">
      {(['branch', 'patch'] as const).map((kind) => (
        <label key={kind} className="row">
          <input
            type="checkbox"
            checked={text.output.includes(kind)}
            onChange={(event) => onChange(event.target.checked ? [...text.output, kind] : text.output.filter((each) => each !== kind))}
          />
          {kind === 'branch' ? 'Branch' : 'Patch file'}
        </label>
      ))}
    </div>
    <p className="hint">What the landing dialog offers first. You decide when you land.</p>
  </fieldset>
);

/** The six fields of a brief and what it runs with. */
export const BriefForm = ({ projectId, text, isNew, onChange }: BriefFormProps): ReactElement => {
  const suggestions = useSuggestedChecks(projectId);
  const set = (change: Partial<BriefText>): void => onChange({ ...text, ...change });
  const setScope = (change: Partial<BriefText['scope']>): void => set({ scope: { ...text.scope, ...change } });
  return (
    <form className="brief-form" onSubmit={(event) => event.preventDefault()} aria-label="Brief">
      <TextField label="Goal" value={text.goal} autoFocus={isNew} placeholder="What the user will see, in one sentence" onChange={(goal) => set({ goal })} />
      <RunsWithFields projectId={projectId} text={text} onChange={set} />
      <TextField label="Context" lines value={text.context} placeholder="Background, stack traces, links" onChange={(context) => set({ context })} />
      <section className="stack" aria-label="Scope">
        <h3>Scope</h3>
        <div className="thirds">
          <LinesField label="In play" mono placeholder="src/**" hint="Globs, one a line. Empty: everything." value={text.scope.inPlay} onChange={(inPlay) => setScope({ inPlay })} />
          <LinesField label="Off limits" mono placeholder="migrations/**" hint="A change here is a finding." value={text.scope.offLimits} onChange={(offLimits) => setScope({ offLimits })} />
          <TextField label="Working directory" mono placeholder="packages/api" hint="From the top of the repository." value={text.scope.workingDirectory} onChange={(workingDirectory) => setScope({ workingDirectory: workingDirectory.trim() })} />
        </div>
      </section>
      <TextField label="Constraints" lines value={text.constraints} placeholder="What must not change, what to avoid" onChange={(constraints) => set({ constraints })} />
      <ChecksField checks={text.checks} suggestions={suggestions} onChange={(checks) => set({ checks })} />
      <LinesField label="Criteria for a person" hint="One a line: what only you can judge." value={text.criteria} onChange={(criteria) => set({ criteria })} />
      <Output text={text} onChange={(output) => set({ output })} />
    </form>
  );
};
