import type { CommandId, RunId } from '../../contract/ids.ts';
import type { Run } from '../../contract/run.ts';
import { decide, evolve } from '../../domain/run-machine.ts';
import type { Deps } from '../deps.ts';
import type { Once } from '../once.ts';
import { Refusal } from '../refusal.ts';
import { requireRun } from '../require.ts';

/** Cancels a run in any phase. The answer comes when the wish is durable; the containers go within seconds. Cancelling twice is fine. */
export const cancelRun = (deps: Deps, once: Once, input: { commandId: CommandId; runId: RunId }): Promise<Run> =>
  once(input.commandId, () => {
    const run = requireRun(deps.store, input.runId);
    if (run.state.name === 'cancelling' || run.state.name === 'cancelled') return { answer: run, change: { events: [] } };
    const decision = decide(run, { kind: 'cancel' });
    if (!decision.ok) throw new Refusal(decision.fault);
    const after = decision.events.reduce((state, event) => evolve(state, event, deps.clock.now()), run);
    return {
      answer: after,
      change: { events: decision.events.map(({ type, ...data }) => ({ subject: run.id, type, data })), runs: [after] },
    };
  });
