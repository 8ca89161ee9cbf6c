import { useEffect, useState, type ReactElement } from 'react';
import type { Environment, Project } from '../../src-main/contract/project.ts';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { api } from '../client/api.ts';
import { faultOf } from '../client/fault-of.ts';
import { ProposedParts, proposedParts, type ProposedChange } from './proposed-parts.tsx';

interface Proposed {
  readonly environment: Environment;
  readonly reasons: readonly string[];
  readonly checks: readonly string[];
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
  readonly onUse: (change: ProposedChange) => void;
}

/** What the repository's own lock, version and CI files suggest, with the reasons. */
export const Proposal = ({ project, environment, onUse }: ProposalProps): ReactElement | null => {
  const { proposed, why } = useProposal(project);
  if (why !== null) return <p className="hint">No proposal can be made: {visibleText(why)}</p>;
  if (!proposed || proposed.reasons.length === 0) return null;
  // It proposes these three; all else of it is the environment as it was when it was asked for.
  const { setup, maintenance, lockFiles } = proposed.environment;
  const whole = { ...environment, setup, maintenance, lockFiles };
  if (proposedParts(environment, whole).length === 0) return <p className="hint">Setup and lock files are as this repository’s own files suggest ({proposed.reasons.map(visibleText).join('; ')}).</p>;
  return (
    <ProposedParts label="Proposal" title="This repository’s own files suggest a setup" now={environment} proposed={whole} onUse={onUse}>
      <ul className="hint">
        {proposed.reasons.map((reason) => (
          <li key={reason}>{visibleText(reason)}</li>
        ))}
      </ul>
      {proposed.checks.length > 0 && (
        <p className="hint">
          New briefs are offered these checks: <span className="mono literal">{proposed.checks.map(visibleText).join(' · ')}</span>
        </p>
      )}
    </ProposedParts>
  );
};
