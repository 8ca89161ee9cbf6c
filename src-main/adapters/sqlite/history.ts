import type Database from 'better-sqlite3';
import type { HistoryPage, HistoryQuery } from '../../contract/endpoints.ts';
import type { Found } from './search-index.ts';

type Entry = HistoryPage['runs'][number];

/** A row as SQLite gives it. */
export interface HistoryRow extends Omit<Entry, 'landed' | 'snippet'> {
  readonly sequence: number;
  readonly landed: number;
}

/** As `standingOf` of the domain: what only the brief says is read from it for the rows that are shown, or compared. */
const ofBrief = (field: string): string => `(SELECT document ->> '$.${field}' FROM briefs WHERE briefs.id = runs.brief_id)`;
const STANDING = `CASE
  WHEN coalesce(landed, 0) THEN 'landed'
  WHEN NOT EXISTS (SELECT 1 FROM briefs WHERE briefs.id = runs.brief_id) THEN state
  WHEN ${ofBrief('currentRun')} IS runs.id THEN CASE WHEN ${ofBrief('decision')} IS 'closed' THEN 'closed' ELSE state END
  WHEN state = 'reviewable' THEN 'sentBack' ELSE state END`;
const COLUMNS = `runs.sequence AS sequence, id AS runId, brief_id AS briefId, project_id AS projectId, number, attempt, goal, state,
  queued_at AS queuedAt, ended_at AS endedAt, coalesce(files, 0) AS files, coalesce(additions, 0) AS additions,
  coalesce(deletions, 0) AS deletions, coalesce(landed, 0) AS landed, ${STANDING} AS standing`;
const FROM = 'FROM runs LEFT JOIN outcomes ON outcomes.sequence = runs.sequence';

/** The statement that answers a query; `sequences` limits it to what a full-text search found. Key columns only. */
export const historyStatement = (query: HistoryQuery, sequences: readonly number[] | null) => {
  const conditions: string[] = [];
  const values: (string | number)[] = [];
  const require = (condition: string, value: string | number): void => {
    conditions.push(condition);
    values.push(value);
  };
  if (query.projectId !== undefined) require('project_id = ?', query.projectId);
  if (query.states !== undefined) require('state IN (SELECT value FROM json_each(?))', JSON.stringify(query.states));
  if (query.standings !== undefined) require(`${STANDING} IN (SELECT value FROM json_each(?))`, JSON.stringify(query.standings));
  if (query.before !== undefined) require('queued_at < ?', query.before);
  if (query.since !== undefined) require('queued_at >= ?', query.since);
  if (sequences !== null) require('runs.sequence IN (SELECT value FROM json_each(?))', JSON.stringify(sequences));
  const where = (more: readonly string[]): string => {
    const all = [...conditions, ...more];
    return all.length === 0 ? '' : `WHERE ${all.join(' AND ')}`;
  };
  return {
    page: `SELECT ${COLUMNS} ${FROM} ${where([])} ORDER BY queued_at DESC, runs.sequence DESC LIMIT ?`,
    sameMoment: `SELECT ${COLUMNS} ${FROM} ${where(['queued_at = ?'])} ORDER BY runs.sequence DESC`,
    values,
  };
};

/**
 * Newest first. The next page is asked for by the last entry's time, so a page that is full also carries every run
 * queued in that same millisecond: it may be longer than the limit, and nothing falls between two pages.
 */
export const readHistory = (
  prepare: (sql: string) => Database.Statement<(string | number)[], HistoryRow>,
  query: HistoryQuery,
  found: Found | null,
): HistoryPage => {
  const statement = historyStatement(query, found?.sequences ?? null);
  const rows = prepare(statement.page).all(...statement.values, query.limit);
  const last = rows.at(-1);
  const page =
    last === undefined || rows.length < query.limit
      ? rows
      : [...rows.filter((row) => row.queuedAt !== last.queuedAt), ...prepare(statement.sameMoment).all(...statement.values, last.queuedAt)];
  const snippets = found?.snippets(page.map((row) => row.sequence));
  return { runs: page.map(({ sequence, landed, ...row }) => ({ ...row, landed: landed !== 0, snippet: snippets?.get(sequence) ?? null })) };
};
