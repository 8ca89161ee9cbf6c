import type { Brief, Column } from '../../src-main/contract/brief.ts';
import { columnOf } from '../../src-main/domain/columns.ts';
import type { ById, Fleet } from './fleet.ts';

export const COLUMNS = ['backlog', 'queued', 'running', 'review', 'done'] as const satisfies readonly Column[];

export const COLUMN_TITLE: Readonly<Record<Column, string>> = {
  backlog: 'Backlog',
  queued: 'Queued',
  running: 'Running',
  review: 'Review',
  done: 'Done',
};

/** A card where the user dropped it, until the service has answered. */
export interface Dropped {
  readonly column: Column;
  readonly rank: number;
}

export type Columns = Readonly<Record<Column, readonly Brief[]>>;

/** The column a brief is shown in. */
export const shownColumn = (brief: Brief, runs: Fleet['runs'], dropped: ById<Dropped>): Column =>
  dropped[brief.id]?.column ?? columnOf(brief, brief.currentRun === null ? null : (runs[brief.currentRun] ?? null));

const inOrder = (a: Brief, b: Brief): number => a.rank - b.rank || a.number - b.number;
const newestFirst = (a: Brief, b: Brief): number => b.changedAt - a.changedAt || b.number - a.number;

/** Every brief in its column as the service has it, top first. Done is newest first; elsewhere the rank decides. */
const asServed = ({ briefs, runs }: Pick<Fleet, 'briefs' | 'runs'>, projectId: string | null): Columns => {
  const columns: Record<Column, Brief[]> = { backlog: [], queued: [], running: [], review: [], done: [] };
  for (const brief of Object.values(briefs)) if (projectId === null || brief.projectId === projectId) columns[shownColumn(brief, runs, {})].push(brief);
  for (const column of COLUMNS) columns[column].sort(column === 'done' ? newestFirst : inOrder);
  return columns;
};

/** The columns with those lists of before that hold the very same cards: what has not changed is not drawn anew. */
export const keepUnchanged = (before: Columns, now: Columns): Columns => {
  const kept = (column: Column): readonly Brief[] => {
    const [was, is] = [before[column], now[column]];
    return was.length === is.length && was.every((brief, at) => brief === is[at]) ? was : is;
  };
  return { backlog: kept('backlog'), queued: kept('queued'), running: kept('running'), review: kept('review'), done: kept('done') };
};

/** What was put in order last, by project: a board of thousands is asked for several times with each drop. */
const served = new Map<string | null, { readonly briefs: Fleet['briefs']; readonly runs: Fleet['runs']; readonly columns: Columns }>();

const servedColumns = ({ briefs, runs }: Pick<Fleet, 'briefs' | 'runs'>, projectId: string | null): Columns => {
  const last = served.get(projectId);
  if (last?.briefs === briefs && last.runs === runs) return last.columns;
  const now = asServed({ briefs, runs }, projectId);
  const columns = last ? keepUnchanged(last.columns, now) : now;
  served.set(projectId, { briefs, runs, columns });
  return columns;
};

/** A column's cards with those that were dropped into it, each at its place; in Done what was dropped a moment ago is the newest. */
const withDropped = (column: Column, cards: readonly Brief[], dropped: ById<Dropped>, here: readonly Brief[]): readonly Brief[] => {
  const others = cards.some(({ id }) => dropped[id]) ? cards.filter(({ id }) => !dropped[id]) : cards;
  if (here.length === 0) return others;
  if (column === 'done') return [...here.toSorted((a, b) => b.number - a.number), ...others];
  const rank = (brief: Brief): number => dropped[brief.id]?.rank ?? brief.rank;
  return [...others, ...here].sort((a, b) => rank(a) - rank(b) || a.number - b.number);
};

/** Every brief in its column, where the user sees it: as the service has it, but for what was dropped elsewhere and is on its way. */
export const columnsOf = (fleet: Pick<Fleet, 'briefs' | 'runs'>, dropped: ById<Dropped>, projectId: string | null): Columns => {
  const columns = servedColumns(fleet, projectId);
  const moved = Object.keys(dropped).flatMap((id) => fleet.briefs[id] ?? []).filter((brief) => projectId === null || brief.projectId === projectId);
  if (moved.length === 0) return columns;
  const at = (column: Column): readonly Brief[] => withDropped(column, columns[column], dropped, moved.filter(({ id }) => dropped[id]?.column === column));
  return { backlog: at('backlog'), queued: at('queued'), running: at('running'), review: at('review'), done: at('done') };
};

/** The columns with only the cards that match, in the same order. */
export const narrowed = (columns: Columns, matches: (brief: Brief) => boolean): Columns => ({
  backlog: columns.backlog.filter(matches),
  queued: columns.queued.filter(matches),
  running: columns.running.filter(matches),
  review: columns.review.filter(matches),
  done: columns.done.filter(matches),
});
