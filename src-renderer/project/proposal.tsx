import { useEffect, useState, type ReactElement } from 'react';
import type { Environment, Project } from '../../src-main/contract/project.ts';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { api } from '../client/api.ts';
import { faultOf } from '../client/fault-of.ts';
import { Button } from '../ui/button.tsx';
import { InfoIcon } from '../ui/icons.tsx';

interface Proposed {
  readonly environment: Environment;
  readonly reasons: readonly string[];
}

const useProposal = (project: Project): { readonly proposed: Proposed | null; readonly why: string | null } => {
  const [state, setState] = useState<{ proposed: Proposed | null; why: string | null }>({ proposed: null, why: null });
  useEffect(() => {
    const giveUp = new AbortController();
    api.projects.propose({ projectId: project.id }, { signal: giveUp.signal }).then(
      (proposed) => setState({ proposed, why: null }),
      (error: unknown) => {
        if (!giveUp.signal.aborted) setState({ proposed: null, why: `${faultOf(error).message} ${faultOf(error).next}` });
      },
    );
    return () => giveUp.abort();
  }, [project.id]);
  return state;
};

interface ProposalProps {
  readonly project: Project;
  readonly environment: Environment;
  readonly onUse: (setup: string, lockFiles: string[]) => void;
}

/** What the repository's own files suggest, with the reasons; it fills the form and saves nothing. */
export const Proposal = ({ project, environment, onUse }: ProposalProps): ReactElement | null => {
  const { proposed, why } = useProposal(project);
  if (why !== null) return <p className="hint">No proposal can be made: {visibleText(why)}</p>;
  if (!proposed || proposed.reasons.length === 0) return null;
  const { setup, lockFiles } = proposed.environment;
  const isUsed = setup === environment.setup && lockFiles.join('\n') === environment.lockFiles.join('\n');
  if (isUsed) return <p className="hint">Setup and lock files are as this repository’s own files suggest ({proposed.reasons.map(visibleText).join('; ')}).</p>;
  return (
    <section className="proposal" aria-label="Proposal">
      <InfoIcon />
      <div className="grow stack">
        <strong>This repository’s own files suggest a setup</strong>
        <ul className="hint">
          {proposed.reasons.map((reason) => (
            <li key={reason}>{visibleText(reason)}</li>
          ))}
        </ul>
        <pre className="mono proposal-setup" tabIndex={0} aria-label="Proposed setup">{setup.split('\n').map(visibleText).join('\n')}</pre>
      </div>
      <Button onClick={() => onUse(setup, lockFiles)}>Use this</Button>
    </section>
  );
};
