import type Database from 'better-sqlite3';
import { deflateRawSync } from 'node:zlib';
import type { RunId } from '../../contract/ids.ts';

/** Keeps the end of a run's log, and marks the run as changed, so that the index takes it in. */
export const logTailWriter = (database: Database.Database) => {
  const nextChange = database.prepare<[], number>("UPDATE counters SET value = value + 1 WHERE name = 'change' RETURNING value").pluck();
  const touch = database.prepare<[number, string], number>('UPDATE runs SET change = ? WHERE id = ? RETURNING sequence').pluck();
  const put = database.prepare('INSERT INTO log_tails (sequence, text) VALUES (?, ?) ON CONFLICT (sequence) DO UPDATE SET text = excluded.text');
  const save = database.transaction((run: RunId, text: Uint8Array) => {
    const sequence = touch.get(nextChange.get() ?? 0, run);
    if (sequence !== undefined) put.run(sequence, text);
  });
  return (run: RunId, text: string): void => save.immediate(run, deflateRawSync(text));
};
