import Database from 'better-sqlite3';
import { rmSync } from 'node:fs';
import { DERIVED, pathIn } from './places.ts';
import { isDamage } from './store-fault.ts';
import { searchText } from './search-text.ts';
import { bestPlace, wordsOf } from '../../domain/best-place.ts';
import { snippetAround } from '../../domain/snippet.ts';

/** Raised when what is indexed changes; an index of another version is made again. */
const VERSION = 2;
const BATCH = 500;

interface Changed {
  readonly sequence: number;
  readonly change: number;
  readonly number: number;
  readonly document: string;
  readonly progress: string | null;
  readonly tail: Buffer | null;
}

/** What a full-text search found. */
export interface Found {
  readonly sequences: readonly number[];
  /** Text around the place that holds most of the words, of those of the given runs that have one. */
  snippets(sequences: readonly number[]): ReadonlyMap<number, string>;
}

/** Before a match in what the index hands out. Texts are indexed without control characters, so it occurs in none. */
const MARK = '\u0001';

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
  wordsOf(text).map((word) => `"${word}"*`).join(' ');

/** A text without its marks, and where they stood in it. */
const unmarked = (marked: string): { readonly text: string; readonly places: readonly number[] } => {
  const pieces = marked.split(MARK);
  let at = 0;
  return { text: pieces.join(''), places: pieces.slice(0, -1).map(({ length }) => (at += length)) };
};

const snippetsOf = (index: Database.Database, match: string, words: readonly string[], sequences: readonly number[]): Map<number, string> => {
  const rows = index
    .prepare<Record<string, string>, { sequence: number; title: string; body: string; output: string }>(
      `SELECT rowid AS sequence, highlight(texts, 0, @mark, '') AS title, highlight(texts, 1, @mark, '') AS body, highlight(texts, 2, @mark, '') AS output
       FROM texts WHERE texts MATCH @match AND rowid IN (SELECT value FROM json_each(@sequences))`,
    )
    .iterate({ mark: MARK, match, sequences: JSON.stringify(sequences) });
  const snippets = new Map<number, string>();
  for (const { sequence, title, body, output } of rows) {
    const found = [title, body, output].map((marked) => {
      const { text, places } = unmarked(marked);
      return { text, ...bestPlace(text, places, words) };
    });
    // Of equals the first: the title before what people wrote, and that before what came of it.
    const best = found.reduce((one, other) => (other.score > one.score ? other : one));
    snippets.set(sequence, snippetAround(best.text, best.at));
  }
  return snippets;
};

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
      `SELECT runs.sequence, runs.change, runs.number, runs.document, progress.document AS progress, log_tails.text AS tail
       FROM runs LEFT JOIN progress ON progress.run_id = runs.id LEFT JOIN log_tails ON log_tails.sequence = runs.sequence WHERE change > ? ORDER BY change LIMIT ?`,
    );
    const remove = index.prepare('DELETE FROM texts WHERE rowid = ?');
    const add = index.prepare('INSERT INTO texts (rowid, title, body, output) VALUES (?, ?, ?, ?)');
    const take = index.transaction((rows: readonly Changed[], upTo: number) => {
      for (const row of rows) {
        const text = searchText(row);
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

  const search = (text: string): Found => {
    const match = matchExpression(text);
    if (match === '') return { sequences: [], snippets: () => new Map() };
    const index = (opened ??= openOrMakeAgain(path));
    catchUp(index);
    const sequences = index.prepare<[string], number>('SELECT rowid FROM texts WHERE texts MATCH ?').pluck().all(match);
    return { sequences, snippets: (of) => snippetsOf(index, match, wordsOf(text), of) };
  };

  const close = (): void => {
    opened?.close();
    opened = null;
  };

  return {
    /** The runs whose text holds every word. */
    find: (text: string): Found => {
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
