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

/** Every brief in its column, top first. Done is newest first; elsewhere the rank decides. */
export const columnsOf = (fleet: Pick<Fleet, 'briefs' | 'runs'>, dropped: ById<Dropped>, projectId: string | null): Columns => {
  const columns: Record<Column, Brief[]> = { backlog: [], queued: [], running: [], review: [], done: [] };
  for (const brief of Object.values(fleet.briefs)) {
    if (projectId !== null && brief.projectId !== projectId) continue;
    columns[shownColumn(brief, fleet.runs, dropped)].push(brief);
  }
  const rank = (brief: Brief): number => dropped[brief.id]?.rank ?? brief.rank;
  for (const column of COLUMNS) columns[column].sort((a, b) => rank(a) - rank(b) || a.number - b.number);
  // What was dropped there a moment ago is the newest.
  const decidedAt = (brief: Brief): number => (dropped[brief.id] ? Number.MAX_SAFE_INTEGER : brief.changedAt);
  columns.done.sort((a, b) => decidedAt(b) - decidedAt(a) || b.number - a.number);
  return columns;
};

/** The columns with only the cards that match, in the same order. */
export const narrowed = (columns: Columns, matches: (brief: Brief) => boolean): Columns => ({
  backlog: columns.backlog.filter(matches),
  queued: columns.queued.filter(matches),
  running: columns.running.filter(matches),
  review: columns.review.filter(matches),
  done: columns.done.filter(matches),
});
