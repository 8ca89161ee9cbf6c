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
  return { ...slice, ended: slice.ended || (hasEnded(before.state) && deps.store.progress(input.runId)?.logEnded === true) };
};
