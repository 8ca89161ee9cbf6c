import type { Run } from '../../contract/run.ts';
import type { RunCommand } from '../../domain/run-machine.ts';
import type { Deps } from '../deps.ts';
import { requireRun } from '../require.ts';
import { runChange } from './run-change.ts';

/**
 * Decides a command on the run as it is stored now (a caller's copy may be older than a cancel) and commits what happened, in
 * one transaction. Throws Refusal when the state does not allow it.
 */
export const recordRun = (deps: Pick<Deps, 'store' | 'clock'>, { id }: Pick<Run, 'id'>, command: RunCommand): Run => {
  const at = deps.clock.now();
  const { after, events } = runChange(requireRun(deps.store, id), command, at);
  deps.store.commit({ at, events, runs: [after] });
  return after;
};
