import type Database from 'better-sqlite3';
import type { HistoryPage, HistoryQuery } from '../../contract/endpoints.ts';

type Entry = HistoryPage['runs'][number];

const COLUMNS = `id AS runId, brief_id AS briefId, project_id AS projectId, number, attempt, goal, state,
  queued_at AS queuedAt, ended_at AS endedAt`;

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
  if (query.before !== undefined) require('queued_at < ?', query.before);
  if (sequences !== null) require('sequence IN (SELECT value FROM json_each(?))', JSON.stringify(sequences));
  const where = (more: readonly string[]): string => {
    const all = [...conditions, ...more];
    return all.length === 0 ? '' : `WHERE ${all.join(' AND ')}`;
  };
  return {
    page: `SELECT ${COLUMNS} FROM runs ${where([])} ORDER BY queued_at DESC, sequence DESC LIMIT ?`,
    sameMoment: `SELECT ${COLUMNS} FROM runs ${where(['queued_at = ?'])} ORDER BY sequence DESC`,
    values,
  };
};

/**
 * Newest first. The next page is asked for by the last entry's time, so a page that is full also carries every run
 * queued in that same millisecond: it may be longer than the limit, and nothing falls between two pages.
 */
export const readHistory = (
  prepare: (sql: string) => Database.Statement<(string | number)[], Entry>,
  query: HistoryQuery,
  sequences: readonly number[] | null,
): HistoryPage => {
  const statement = historyStatement(query, sequences);
  const runs = prepare(statement.page).all(...statement.values, query.limit);
  const last = runs.at(-1);
  if (last === undefined || runs.length < query.limit) return { runs };
  const sameMoment = prepare(statement.sameMoment).all(...statement.values, last.queuedAt);
  return { runs: [...runs.filter((run) => run.queuedAt !== last.queuedAt), ...sameMoment] };
};
