import type { ReactElement } from 'react';
import type { Run } from '../../src-main/contract/run.ts';
import { hasEnded } from '../../src-main/domain/columns.ts';
import { useUnseen } from '../client/unseen.ts';
import { clock, moment } from '../ui/format.ts';
import { useNow } from '../ui/use-now.ts';
import { begunPhases, PHASE_TITLE } from './phases.ts';

/** The phases of a run in their order, each with the time it took; a click goes to its part of the log. */
export const Timeline = ({ run, onPhase }: { readonly run: Run; readonly onPhase: (phase: string) => void }): ReactElement => {
  const isSeen = useUnseen() === null;
  const now = useNow(isSeen && !hasEnded(run.state));
  return (
    <ol className="timeline" aria-label="Phases">
      {begunPhases(run).map(({ phase, from, until, state }) => (
        <li key={phase} className={state} aria-current={state === 'active' ? 'step' : undefined}>
          <button type="button" title={`Began ${moment(from)}`} onClick={() => onPhase(phase)}>
            {PHASE_TITLE[phase]} <span className="timeline-clock">{clock((until ?? now) - from)}</span>
            {state === 'failed' && <span className="hidden-text">, ended here</span>}
          </button>
        </li>
      ))}
    </ol>
  );
};
