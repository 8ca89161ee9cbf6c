import Database from 'better-sqlite3';
import { rmSync } from 'node:fs';
import { DERIVED, pathIn } from './places.ts';
import { isDamage } from './store-fault.ts';
import { searchText } from './search-text.ts';

/** Raised when what is indexed changes; an index of another version is made again. */
const VERSION = 1;
const BATCH = 500;

interface Changed {
  readonly sequence: number;
  readonly change: number;
  readonly number: number;
  readonly document: string;
  readonly progress: string | null;
}

const openIndex = (path: string): Database.Database => {
  const index = new Database(path);
  try {
    index.pragma('journal_mode = WAL');
    index.pragma('synchronous = NORMAL');
    if (index.pragma('user_version', { simple: true }) !== VERSION) {
      index.exec(`
        DROP TABLE IF EXISTS texts; DROP TABLE IF EXISTS facts;
        CREATE VIRTUAL TABLE texts USING fts5 (title, body, output, tokenize = "unicode61 remove_diacritics 2", prefix = '2 3');
        CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
        PRAGMA user_version = ${VERSION};`);
    }
    return index;
  } catch (error) {
    index.close();
    throw error;
  }
};

/** A damaged index is no loss: it is deleted and made again. */
const openOrMakeAgain = (path: string): Database.Database => {
  try {
    return openIndex(path);
  } catch (error) {
    if (!isDamage(error)) throw error;
    for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
    return openIndex(path);
  }
};

/** Each word must occur, the last ones as beginnings; quoting takes every operator of the query language out of it. */
export const matchExpression = (text: string): string =>
  (text.match(/[\p{L}\p{N}_]+/gu) ?? []).map((word) => `"${word}"*`).join(' ');

/** The full-text index over runs, brought up to date when it is asked: a commit never waits for it. */
export const searchIndex = (directory: string, durable: Database.Database) => {
  const path = pathIn(directory, DERIVED);
  let opened: Database.Database | null = null;

  const catchUp = (index: Database.Database): void => {
    const fact = index.prepare<[string], string>('SELECT value FROM facts WHERE name = ?').pluck();
    const setFact = index.prepare('INSERT INTO facts VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value');
    const lineage = durable.prepare<[], string>("SELECT value FROM facts WHERE name = 'lineage'").pluck().get() ?? '';
    if (fact.get('lineage') !== lineage) {
      // Another database, or one restored from a backup: positions in it mean something else.
      index.transaction(() => {
        index.exec('DELETE FROM texts');
        setFact.run('lineage', lineage);
        setFact.run('change', '0');
      })();
    }
    const changed = durable.prepare<[number, number], Changed>(
      `SELECT runs.sequence, runs.change, runs.number, runs.document, progress.document AS progress
       FROM runs LEFT JOIN progress ON progress.run_id = runs.id WHERE change > ? ORDER BY change LIMIT ?`,
    );
    const remove = index.prepare('DELETE FROM texts WHERE rowid = ?');
    const add = index.prepare('INSERT INTO texts (rowid, title, body, output) VALUES (?, ?, ?, ?)');
    const take = index.transaction((rows: readonly Changed[], upTo: number) => {
      for (const row of rows) {
        const text = searchText(row.number, row.document, row.progress);
        remove.run(row.sequence);
        add.run(row.sequence, text.title, text.body, text.output);
      }
      setFact.run('change', String(upTo));
    });
    for (;;) {
      const rows = changed.all(Number(fact.get('change') ?? 0), BATCH);
      const last = rows.at(-1);
      if (last === undefined) break;
      // The rows of one commit share its number: a batch ends with a whole commit, or is one commit.
      const whole = rows.length < BATCH ? rows : rows.filter((row) => row.change < last.change);
      if (whole.length > 0) take(whole, whole.at(-1)?.change ?? 0);
      else take(changed.all(last.change - 1, -1).filter((row) => row.change === last.change), last.change);
    }
  };

  const search = (text: string): number[] => {
    const match = matchExpression(text);
    if (match === '') return [];
    opened ??= openOrMakeAgain(path);
    catchUp(opened);
    return opened.prepare<[string], number>('SELECT rowid FROM texts WHERE texts MATCH ?').pluck().all(match);
  };

  const close = (): void => {
    opened?.close();
    opened = null;
  };

  return {
    /** Sequence numbers of the runs whose text holds every word. */
    find: (text: string): number[] => {
      try {
        return search(text);
      } catch (error) {
        if (!isDamage(error)) throw error;
        close();
        for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
        return search(text);
      }
    },
    close,
  };
};
