import Database from 'better-sqlite3';
import { access, chmod, constants, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import type { Fault } from '../../contract/fault.ts';
import { StoreFailure } from '../../ports/run-store.ts';

const LOCK = 'lock.sqlite';
const HOLDER = 'service.json';

/** What a service says about itself beside its lock. `socket` is null until it listens. */
export const dataHolder = z.object({ pid: z.number().int(), startedAt: z.number().int(), socket: z.string().nullable() });
export type DataHolder = z.infer<typeof dataHolder>;

export interface DataClaim {
  readonly directory: string;
  /** Says where clients find this service, once it listens. */
  announce(socket: string): Promise<void>;
  release(): Promise<void>;
}

const refused = (code: Fault['code'], directory: string, message: string, next: string, cause?: unknown): StoreFailure =>
  new StoreFailure({ code, message, next, detail: { path: directory } }, { cause });

/** Who holds, or last held, a data directory, as far as its note can be read. Judge by the lock, not by this. */
export const readHolder = async (directory: string): Promise<DataHolder | null> => {
  try {
    return dataHolder.parse(JSON.parse(await readFile(join(directory, HOLDER), 'utf8')));
  } catch {
    return null;
  }
};

const heldBy = async (directory: string): Promise<StoreFailure> => {
  const holder = await readHolder(directory);
  const who = holder === null ? 'another process' : `process ${holder.pid}, since ${new Date(holder.startedAt).toISOString()}`;
  return new StoreFailure({
    code: 'dataHeld',
    message: `${directory} is in use by ${who}.`,
    next: 'Use that one, end it, or name another folder with --data-dir.',
    detail: { path: directory, pid: holder?.pid ?? null, since: holder?.startedAt ?? null, socket: holder?.socket ?? null },
  });
};

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

/** Step by step: Node's own recursive form never returns where a file system refuses with "no such entry", as /proc does. */
const makeFolder = async (directory: string): Promise<void> => {
  const make = (): Promise<void> =>
    mkdir(directory, { mode: 0o700 }).catch(async (error: unknown) => {
      if (codeOf(error) !== 'EEXIST' || !(await stat(directory)).isDirectory()) throw error;
    });
  try {
    await make();
  } catch (error) {
    if (codeOf(error) !== 'ENOENT' || dirname(directory) === directory) throw error;
    await makeFolder(dirname(directory));
    await make();
  }
};

/** Makes the folder with mode 0700, or makes sure that it is one that only this user can look into. */
const prepareFolder = async (directory: string): Promise<void> => {
  const next = 'Name another folder with --data-dir.';
  try {
    await makeFolder(directory);
    const facts = await stat(directory);
    if (process.platform !== 'win32' && (facts.mode & 0o077) !== 0) await chmod(directory, 0o700);
    await access(directory, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'EEXIST' || code === 'ENOTDIR') throw refused('invalid', directory, `${directory} is not a folder.`, next, error);
    if (code === 'ENOSPC') throw refused('diskFull', directory, `The disk that holds ${directory} is full.`, 'Free some space and try again.', error);
    throw refused('invalid', directory, `${directory} cannot be used: ${error instanceof Error ? error.message : code}.`, next, error);
  }
};

/**
 * An exclusive transaction held open: a lock of the operating system, which dies with the process, so that there is
 * never a stale one to judge. SQLite also keeps two connections of one process apart.
 */
const lock = async (directory: string): Promise<Database.Database> => {
  let database: Database.Database | null = null;
  try {
    database = new Database(join(directory, LOCK), { timeout: 0 });
    database.pragma('journal_mode = DELETE');
    database.pragma('locking_mode = EXCLUSIVE');
    database.exec('BEGIN EXCLUSIVE');
    return database;
  } catch (error) {
    database?.close();
    const code = codeOf(error);
    if (code.startsWith('SQLITE_BUSY')) throw await heldBy(directory);
    if (code.startsWith('SQLITE_FULL')) throw refused('diskFull', directory, `The disk that holds ${directory} is full.`, 'Free some space and try again.', error);
    if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) {
      throw refused('damagedData', directory, `${join(directory, LOCK)} is damaged.`, 'It holds nothing but the lock: delete it and start again.', error);
    }
    const why = error instanceof Error ? error.message : code;
    throw refused('invalid', directory, `${directory} cannot be locked (${why}): its file system may not know file locks.`, 'Name a folder on a local disk with --data-dir.', error);
  }
};

/**
 * Makes this process the one service of a data directory, until it releases it or dies. Rejects with StoreFailure:
 * dataHeld names who holds it and since when; invalid says why the folder cannot be used.
 */
export const claimDataDirectory = async (path: string, now: () => number = Date.now): Promise<DataClaim> => {
  const directory = resolve(path);
  await prepareFolder(directory);
  const held = await lock(directory);
  const startedAt = now();
  const note = async (socket: string | null): Promise<void> => {
    const holder: DataHolder = { pid: process.pid, startedAt, socket };
    await writeFile(join(directory, `${HOLDER}.new`), `${JSON.stringify(holder)}\n`, { mode: 0o600 });
    await rename(join(directory, `${HOLDER}.new`), join(directory, HOLDER));
  };
  try {
    await note(null);
  } catch (error) {
    held.close();
    throw refused('invalid', directory, `${directory} cannot be written: ${error instanceof Error ? error.message : ''}.`, 'Name another folder with --data-dir.', error);
  }
  return {
    directory,
    announce: note,
    release: async (): Promise<void> => {
      if (!held.open) return;
      await rm(join(directory, HOLDER), { force: true });
      held.close();
    },
  };
};
