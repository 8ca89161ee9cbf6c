import type { CommandId, RunId } from '../../contract/ids.ts';
import type { Deps } from '../deps.ts';
import { DONE, type Nothing, type Once } from '../once.ts';
import { requireRun } from '../require.ts';

/** Remembers that a person has looked at the result. */
export const markSeen = (deps: Deps, once: Once, input: { commandId: CommandId; runId: RunId }): Promise<Nothing> =>
  once(input.commandId, () => {
    const run = { ...requireRun(deps.store, input.runId), seen: true };
    return { answer: DONE, change: { events: [], runs: [run] } };
  });
