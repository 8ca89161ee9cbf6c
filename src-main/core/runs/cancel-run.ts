import type { CommandId, RunId } from '../../contract/ids.ts';
import type { Run } from '../../contract/run.ts';
import type { Deps } from '../deps.ts';
import type { Once } from '../once.ts';
import { requireRun } from '../require.ts';
import { runChange } from './run-change.ts';

/** Cancels a run in any phase. The answer comes when the wish is durable; the containers go within seconds. Cancelling twice is fine. */
export const cancelRun = (deps: Deps, once: Once, input: { commandId: CommandId; runId: RunId }): Promise<Run> =>
  once(input.commandId, () => {
    const run = requireRun(deps.store, input.runId);
    if (run.state.name === 'cancelling' || run.state.name === 'cancelled') return { answer: run, change: { events: [] } };
    const { after, events } = runChange(run, { kind: 'cancel' }, deps.clock.now());
    return { answer: after, change: { events, runs: [after] } };
  });
