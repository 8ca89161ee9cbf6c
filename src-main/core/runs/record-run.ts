import type { Brief } from '../../contract/brief.ts';
import type { Run } from '../../contract/run.ts';
import { decide, evolve, type RunCommand } from '../../domain/run-machine.ts';
import type { Change } from '../../ports/run-store.ts';
import type { Deps } from '../deps.ts';
import { Refusal } from '../refusal.ts';
import { requireRun } from '../require.ts';

/**
 * Decides a command on the run as it is stored now (a caller's copy may be older than a cancel) and commits what happened, in
 * one transaction. Throws Refusal when the state does not allow it.
 */
export const recordRun = (
  deps: Pick<Deps, 'store' | 'clock'>,
  { id }: Pick<Run, 'id'>,
  command: RunCommand,
  more: { briefs?: readonly Brief[]; receipt?: Change['receipt'] } = {},
): Run => {
  const run = requireRun(deps.store, id);
  const decision = decide(run, command);
  if (!decision.ok) throw new Refusal(decision.fault);
  const at = deps.clock.now();
  const after = decision.events.reduce((state, event) => evolve(state, event, at), run);
  deps.store.commit({
    at,
    events: decision.events.map(({ type, ...data }) => ({ subject: run.id, type, data })),
    runs: [after],
    ...(more.briefs ? { briefs: more.briefs } : {}),
    ...(more.receipt ? { receipt: more.receipt } : {}),
  });
  return after;
};
