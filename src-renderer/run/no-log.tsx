import type { ReactElement } from 'react';
import type { Run } from '../../src-main/contract/run.ts';
import { hasEnded } from '../../src-main/domain/columns.ts';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { useFleet } from '../client/fleet-store.ts';

/** Why there is nothing in the log, and when there will be. */
export const NoLog = ({ run }: { readonly run: Run }): ReactElement => {
  const reason = useFleet((fleet) => fleet.waiting[run.id]);
  const engine = useFleet((fleet) => fleet.engine.state);
  const words = ((): string => {
    if (hasEnded(run.state)) return run.times['working'] === undefined ? 'It ended before anything was run.' : 'There was no output.';
    if (engine === 'down') return 'The container engine is not there. The run goes on when it is back.';
    if (run.state.name === 'queued') return reason ? visibleText(reason.message) : 'It waits for its turn. The log begins when it starts.';
    return 'No output yet.';
  })();
  return <p className="log-empty">{words}</p>;
};
