import type { Brief, Column } from '../contract/brief.ts';
import type { Run, RunState, RunStateName } from '../contract/run.ts';
import { settledState } from './recheck.ts';

const COLUMN_OF_STATE: Readonly<Record<RunStateName, Column>> = {
  queued: 'queued',
  preparing: 'running',
  settingUp: 'running',
  sealing: 'running',
  working: 'running',
  collecting: 'running',
  checking: 'running',
  cancelling: 'running',
  reviewable: 'review',
  failed: 'review',
  timedOut: 'review',
  lost: 'review',
  cancelled: 'backlog',
};

/** A card's column follows from its state and is stored nowhere. A result whose selection is checked again stays in Review. */
export const columnOf = (brief: Pick<Brief, 'decision' | 'currentRun'>, run: Pick<Run, 'state'> | null): Column => {
  if (brief.decision !== null) return 'done';
  if (brief.currentRun === null || run === null) return 'backlog';
  return COLUMN_OF_STATE[settledState(run.state).name];
};

/** Whether nothing more will happen to a run by itself. */
export const hasEnded = (state: RunState): boolean => {
  const column = COLUMN_OF_STATE[state.name];
  return column === 'review' || column === 'backlog';
};

/** Whether a run holds a slot: it has started and has not ended. */
export const holdsSlot = (state: RunState): boolean => COLUMN_OF_STATE[state.name] === 'running';
