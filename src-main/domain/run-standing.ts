import type { Brief } from '../contract/brief.ts';

/** How a run is told of in lists of what was: by what was decided about it (`landed`, `closed`, `sentBack`), else by the name of its state. */
export type Standing = string;

interface Told {
  readonly id: string;
  readonly state: string;
  readonly isLanded: boolean;
}

/** Where a run stands; without its brief (null: it was deleted) only what the run itself says. */
export const standingOf = ({ id, state, isLanded }: Told, brief: Pick<Brief, 'currentRun' | 'decision'> | null): Standing => {
  if (isLanded) return 'landed';
  if (brief === null) return state;
  if (brief.currentRun === id) return brief.decision === 'closed' ? 'closed' : state;
  // A result that nobody waits for any more, as its brief went back or runs again.
  return state === 'reviewable' ? 'sentBack' : state;
};
