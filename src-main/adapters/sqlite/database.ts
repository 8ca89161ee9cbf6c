import Database from 'better-sqlite3';

/** Marks the file as Drydock's ("DRYD"), in SQLite's header field meant for it. */
export const APPLICATION_ID = 0x44525944;

/** Milliseconds to wait for a lock: only a backup or a curious sqlite3 shell ever holds one. */
const BUSY_TIMEOUT_MS = 5_000;

/** The one writer. FULL: a commit is on the disk before it is acknowledged, power loss included. */
export const openWriter = (path: string): Database.Database => {
  const database = new Database(path, { fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
  try {
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
    database.pragma('journal_size_limit = 16777216');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
};

export const openReader = (path: string): Database.Database =>
  new Database(path, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
