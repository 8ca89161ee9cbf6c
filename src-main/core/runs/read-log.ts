import type { RunId } from '../../contract/ids.ts';
import type { LogSlice } from '../../contract/log.ts';
import { hasEnded } from '../../domain/columns.ts';
import type { Deps } from '../deps.ts';
import { requireRun } from '../require.ts';

/** A slice of a turn's log. It has ended when the run has: nothing is appended afterwards. */
export const readLog = async (
  deps: Deps,
  input: { runId: RunId; turn: number; offset: number; max: number },
): Promise<LogSlice> => {
  const before = requireRun(deps.store, input.runId);
  const slice = await deps.logs.read({ run: input.runId, turn: input.turn }, input.offset, input.max);
  const progress = deps.store.progress(input.runId);
  // One that was cancelled in the queue never had a log.
  const isOver = progress === null ? slice.length === 0 : progress.logEnded;
  return { ...slice, ended: slice.ended || (hasEnded(before.state) && isOver) };
};
