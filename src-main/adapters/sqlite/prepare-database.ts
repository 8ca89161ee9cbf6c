import Database from 'better-sqlite3';
import { closeSync, existsSync, fsyncSync, openSync, readSync, renameSync, rmSync, statSync } from 'node:fs';
import { StoreFailure } from '../../ports/run-store.ts';
import type { FaultPoint } from '../../ports/surroundings.ts';
import { backupBefore, newestBackup } from './backup.ts';
import { APPLICATION_ID, openWriter } from './database.ts';
import { appliedNumber, migrate, requireKnownVersion, requireSamePast } from './migrate.ts';
import type { Migration } from './migrations/migration.ts';
import { BACKUPS, DERIVED, DURABLE, pathIn } from './places.ts';
import { isDamage } from './store-fault.ts';

interface Preparation {
  readonly directory: string;
  readonly migrations: readonly Migration[];
  readonly now: number;
  readonly faultPoint: FaultPoint;
}

const damaged = (directory: string, why: string): StoreFailure => {
  const path = pathIn(directory, DURABLE);
  const backup = newestBackup(directory);
  return new StoreFailure({
    code: 'damagedData',
    message: `${path} ${why}. Nothing was changed.`,
    next:
      backup === null
        ? `There is no backup in ${pathIn(directory, BACKUPS)}. Put back your own copy, or move the folder away to begin again.`
        : `Delete ${path}-wal and ${path}-shm if they exist, copy ${backup} to ${path}, and start again.`,
    detail: { path, backup },
  });
};

/** The fields of SQLite's file header that can be judged without opening, and so without touching, the database. */
const readHeader = (path: string) => {
  const header = Buffer.alloc(100);
  const file = openSync(path, 'r');
  try {
    if (readSync(file, header, 0, 100, 0) < 100 || header.toString('latin1', 0, 16) !== 'SQLite format 3\0') return null;
  } finally {
    closeSync(file);
  }
  const pageSize = header.readUInt16BE(16) === 1 ? 65_536 : header.readUInt16BE(16);
  return { bytes: pageSize * header.readUInt32BE(28), version: header.readUInt32BE(60), application: header.readUInt32BE(68) };
};

/** Makes the first database beside its place and moves it there whole: an empty or half-made file is never a valid one. */
const create = ({ directory, migrations, now, faultPoint }: Preparation): void => {
  const path = pathIn(directory, DURABLE);
  const draft = `${path}.new`;
  for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(draft + suffix, { force: true });
  const database = new Database(draft);
  try {
    database.pragma('synchronous = FULL');
    database.pragma(`application_id = ${APPLICATION_ID}`);
    migrate(database, migrations, now, faultPoint);
  } finally {
    database.close();
  }
  faultPoint('before:store.create');
  renameSync(draft, path);
  syncFolder(directory);
  faultPoint('after:store.create');
};

/** A rename is durable once its folder is; Windows has no such call and needs none. */
const syncFolder = (directory: string): void => {
  if (process.platform === 'win32') return;
  const folder = openSync(directory, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
};

/** Refuses what is missing, cut short or made by a newer version, by looking at the files only. */
const requireSoundFile = ({ directory, migrations }: Preparation): 'new' | 'clean' | 'unclean' => {
  const path = pathIn(directory, DURABLE);
  const wal = `${path}-wal`;
  const unclean = existsSync(wal) && statSync(wal).size > 0;
  if (!existsSync(path)) {
    if (unclean || existsSync(pathIn(directory, DERIVED)) || newestBackup(directory) !== null) throw damaged(directory, 'is missing');
    return 'new';
  }
  const header = readHeader(path);
  if (header === null) throw damaged(directory, 'is not a database, or its beginning is lost');
  if (header.application !== APPLICATION_ID) throw damaged(directory, 'is a database of another program');
  requireKnownVersion(header.version, migrations.length, path);
  if (!unclean && statSync(path).size < header.bytes) {
    throw damaged(directory, `is cut short: ${statSync(path).size} of ${header.bytes} bytes are there`);
  }
  return unclean ? 'unclean' : 'clean';
};

/**
 * Opens the durable database: made if this is a new directory, checked after an unclean end, backed up and migrated when
 * it is older than this version. Never made anew in place of a damaged or missing one.
 */
export const prepareDatabase = (preparation: Preparation): Database.Database => {
  const { directory, migrations, now, faultPoint } = preparation;
  const path = pathIn(directory, DURABLE);
  const before = requireSoundFile(preparation);
  if (before === 'new') create(preparation);
  let database: Database.Database | null = null;
  try {
    database = openWriter(path);
    requireKnownVersion(appliedNumber(database), migrations.length, path);
    if (before === 'unclean') {
      const answer = String(database.pragma('quick_check(1)', { simple: true }));
      if (answer !== 'ok') throw damaged(directory, `is damaged: ${answer}`);
    }
    requireSamePast(database, migrations, path);
    if (appliedNumber(database) < migrations.length) {
      backupBefore(database, directory, now, faultPoint);
      migrate(database, migrations, now, faultPoint);
    }
    return database;
  } catch (error) {
    database?.close();
    throw isDamage(error) ? damaged(directory, `is damaged: ${error instanceof Error ? error.message : ''}`) : error;
  }
};
