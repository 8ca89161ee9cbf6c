import type { TreeId } from '../contract/ids.ts';
import type { Recheck, Run, RunState } from '../contract/run.ts';

/** The check of a selection that is under way, or being stopped. */
export const recheckOf = (state: RunState): Recheck | null => (state.name === 'checking' || state.name === 'cancelling' ? (state.recheck ?? null) : null);

/** What a run is apart from a check of a selection: the check changes nothing about the result that it looks at. */
export const settledState = (state: RunState): RunState => recheckOf(state)?.before ?? state;

/** Whether a run has ended in a way after which its result can be looked at. */
export const canBeRechecked = (state: RunState): state is Recheck['before'] =>
  state.name === 'reviewable' || state.name === 'failed' || state.name === 'timedOut' || state.name === 'lost';

/** A check of a selection that has not begun for want of a slot. */
export const waitsForRecheck = ({ state }: Pick<Run, 'state'>): boolean => state.name === 'checking' && state.recheck !== undefined && state.container === null;

/** Begins the check of a selection. The times of the run's own phases stay as they are. */
export const beginRecheck = (run: Run, tree: TreeId): Run => {
  const { state: before, endedAt } = run;
  if (!canBeRechecked(before)) return run;
  const turns = run.turns.map(({ checkProblem, ...turn }, at) => (at === run.turns.length - 1 || checkProblem === undefined ? turn : { ...turn, checkProblem }));
  return { ...run, turns, state: { name: 'checking', container: null, recheck: { tree, before, endedAt: endedAt ?? 0 } }, endedAt: null };
};

/** Back to what the run was. `checked`: a run that had only its own checks missing is ready once checks have run. */
export const endRecheck = (run: Run, checked: boolean): Run => {
  const recheck = recheckOf(run.state);
  if (recheck === null) return run;
  const { before, endedAt } = recheck;
  const onlyChecksMissing = (before.name === 'failed' || before.name === 'lost') && before.phase === 'checking';
  return { ...run, state: checked && onlyChecksMissing ? { name: 'reviewable' } : before, endedAt };
};
