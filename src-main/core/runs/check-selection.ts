import { isDeepStrictEqual } from 'node:util';
import type { CommandId, RunId } from '../../contract/ids.ts';
import type { Run } from '../../contract/run.ts';
import { nextCheck } from '../../domain/evidence.ts';
import type { Deps } from '../deps.ts';
import type { Once } from '../once.ts';
import { refuse } from '../refusal.ts';
import { requireResult } from '../require.ts';
import { selectedTree } from './changes.ts';
import { runChange } from './run-change.ts';

/** Has the brief's checks run on the selection as it is now. Answered at once when all of them have run on this very tree. */
export const checkSelection = (deps: Deps, once: Once, input: { commandId: CommandId; runId: RunId }): Promise<Run> =>
  once(input.commandId, async () => {
    const chosen = requireResult(deps.store, input.runId).run;
    const { tree } = await selectedTree(deps, input);
    return () => {
      const now = requireResult(deps.store, input.runId).run;
      // The choice may have been changed while its tree was made: then the tree is not the choice's any more.
      const isSame = isDeepStrictEqual([now.excluded, now.excludedHunks], [chosen.excluded, chosen.excludedHunks]);
      const run: Run = isSame ? { ...now, selectedTree: tree } : now;
      if (run.order.text.checks.length === 0) refuse('invalid', 'The brief of this run has no checks.', 'Add checks to the brief for its next run.');
      if (nextCheck(run, tree) === null) return { answer: run, change: { events: [], runs: [run] } };
      const { after, events } = runChange(run, { kind: 'checkSelection', tree }, deps.clock.now());
      return { answer: after, change: { events, runs: [after] } };
    };
  });
