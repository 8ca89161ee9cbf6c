import type { Brief } from '../../src-main/contract/brief.ts';
import type { Run } from '../../src-main/contract/run.ts';
import { hasEnded } from '../../src-main/domain/columns.ts';
import type { Fleet } from '../client/fleet.ts';
import type { Place, Route } from '../client/route.ts';

export interface Tip {
  /** What it is about, in one word. */
  readonly word: string;
  readonly title: string;
  readonly text: string;
  /** Places where what it points at can be seen; elsewhere it keeps quiet. */
  readonly places: readonly Place[];
}

/** The three things to do first, in their order. */
export const TIPS: readonly [Tip, Tip, Tip] = [
  { word: 'launch', title: 'Drag a card to Queued', text: 'It starts as soon as a slot is free. By keyboard: choose a card, Space lifts it, arrows carry it, Space drops it.', places: ['board'] },
  { word: 'watch', title: 'Watch it under Activity', text: 'Open the card. What its container prints is there, live. You need not stay: it goes on without you.', places: ['board', 'brief'] },
  { word: 'review', title: 'Review, then land', text: 'Read the diff, take out what you do not want, and land it on a branch. Nothing is written to your repository before.', places: ['board', 'brief', 'review'] },
];

const wasLaunched = (fleet: Pick<Fleet, 'runs'>): boolean => Object.keys(fleet.runs).length > 0;
const isUnderWay = (fleet: Pick<Fleet, 'runs'>): boolean => Object.values(fleet.runs).some((run: Run) => !hasEnded(run.state));
const wasDecided = (fleet: Pick<Fleet, 'briefs'>): boolean => Object.values(fleet.briefs).some((brief: Brief) => brief.decision !== null);
const isWatching = (route: Route): boolean => route.place === 'brief' && route.tab !== 'brief';

/** How many of the tips need not be given any more, as it was done or they were read; 3: the tour is over. */
export const tipsDone = (fleet: Pick<Fleet, 'runs' | 'briefs'>, route: Route, read: number): number => {
  if (wasDecided(fleet)) return 3;
  if (!wasLaunched(fleet)) return read;
  // What has ended cannot be watched any more.
  return Math.max(read, isWatching(route) || !isUnderWay(fleet) ? 2 : 1);
};
