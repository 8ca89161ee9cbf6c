import type { Brief, Column } from '../../src-main/contract/brief.ts';
import { api } from '../client/api.ts';
import { COLUMN_TITLE, type Columns, type Dropped } from '../client/columns.ts';
import { useFleet } from '../client/fleet-store.ts';
import { newCommandId } from '../client/ids.ts';
import { backToCard } from './current.ts';
import { hold, release, releaseWhenSeen } from './dropped.ts';
import { offerLaunchUndo } from './offer-launch-undo.ts';
import { offerUndo } from './offer-undo.ts';
import { oneByOne, tellFailures } from './one-by-one.ts';
import { spotsOf, wholeBoard, type Spot } from './spots.ts';

export interface Move {
  readonly briefs: readonly Brief[];
  readonly to: Column;
  /** The card that they go before, of those that stay; null: at the end. */
  readonly before: Brief | null;
  /** The user has agreed to lose what their runs have done so far. */
  readonly confirmed: boolean;
}

/** Where the cards are shown meanwhile: spread over the room between their new neighbours. */
const shownAt = ({ briefs, to, before }: Move, board: Columns): Record<string, Dropped> => {
  const ids = new Set(briefs.map(({ id }) => id));
  const others = board[to].filter(({ id }) => !ids.has(id));
  const at = before === null ? others.length : others.findIndex(({ id }) => id === before.id);
  const above = others[(at < 0 ? others.length : at) - 1]?.rank;
  const low = above ?? (before?.rank ?? 1) - briefs.length - 1;
  const high = before?.rank ?? low + briefs.length + 1;
  return Object.fromEntries(briefs.map(({ id }, index) => [id, { column: to, rank: low + ((high - low) * (index + 1)) / (briefs.length + 1) }]));
};

/** The column that putting a card back takes it to; null where no command brings back what it was. */
const wayBack = ({ brief, column }: Spot, to: Column): Column | null => {
  if (column === 'backlog' && (to === 'queued' || to === 'done')) return 'backlog';
  if (column === 'queued' && to === 'backlog') return 'queued';
  if (column === 'review' && to === 'done') return 'review';
  return column === 'done' && to === 'backlog' && brief.currentRun === null ? 'done' : null;
};

const DONE_IN_WORDS: Readonly<Record<Column, string>> = { backlog: 'back in the backlog', queued: 'in the queue', running: 'running', review: 'in review', done: 'closed' };

const send = async (brief: Brief, to: Column, before: Spot['next'], confirmed: boolean): Promise<void> => {
  try {
    await api.briefs.move({ commandId: newCommandId(), briefId: brief.id, to, before, confirmed });
    releaseWhenSeen(brief);
  } catch (error) {
    release(brief.id);
    throw error;
  }
};

/** Puts cards back to where they stood, shown at once like a move; the focus goes with the first of them. */
const putBack = async (spots: readonly Spot[], to: Column): Promise<void> => {
  const ways = new Map(spots.flatMap((spot) => {
    const column = wayBack(spot, to);
    return column === null ? [] : [[spot.brief.id, { spot, column }] as const];
  }));
  const { briefs } = useFleet.getState();
  const now = [...ways].flatMap(([id]) => briefs[id] ?? []);
  for (const brief of now) {
    const way = ways.get(brief.id);
    if (way) hold(shownAt({ briefs: [brief], to: way.column, before: way.spot.next === null ? null : (briefs[way.spot.next] ?? null), confirmed: false }, wholeBoard()));
  }
  if (now[0]) backToCard(now[0].id);
  const refused = await oneByOne(now, async (brief) => {
    const way = ways.get(brief.id);
    if (way) await send(brief, way.column, way.spot.next, false);
  });
  // What was launched stays only where it has started meanwhile.
  if (to === 'queued') tellFailures(refused, now.length, 'has started', 'have started');
  else tellFailures(refused, now.length, `stays in ${COLUMN_TITLE[to]}`, `stay in ${COLUMN_TITLE[to]}`);
};

/** Carries out a move: shown at once, sent as commands, taken back with the reason where it is refused, and offered to be undone. */
export const moveCards = async (move: Move): Promise<void> => {
  const { briefs, to, before, confirmed } = move;
  const board = wholeBoard();
  const spots = spotsOf(briefs, board);
  hold(shownAt(move, board));
  const failed = await oneByOne(briefs, (brief) => send(brief, to, before?.id ?? null, confirmed));
  tellFailures(failed, briefs.length, `stays out of ${COLUMN_TITLE[to]}`, `stay out of ${COLUMN_TITLE[to]}`);
  if (failed[0]) backToCard(failed[0].brief.id);
  const back = spots.filter((spot) => spot.column !== to && wayBack(spot, to) !== null && !failed.some(({ brief }) => brief.id === spot.brief.id));
  const undo = (some: readonly Brief[]): Promise<void> => putBack(back.filter((spot) => some.some(({ id }) => id === spot.brief.id)), to);
  const moved = back.map(({ brief }) => brief);
  if (to !== 'queued') offerUndo(moved, DONE_IN_WORDS[to], () => undo(moved));
  else offerLaunchUndo(moved, { undo, stop: (running, sure) => void moveCards({ briefs: running, to: 'backlog', before: null, confirmed: sure }) });
};
