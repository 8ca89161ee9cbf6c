import Database from 'better-sqlite3';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { FaultPoint } from '../../ports/surroundings.ts';
import { BACKUPS, pathIn } from './places.ts';

const KEPT = 5;
const NAME = /^durable-\d{8}T\d{9}Z-v\d+\.sqlite$/;

/** Full paths, oldest first: the name begins with the time. */
const backups = (directory: string): string[] => {
  const folder = pathIn(directory, BACKUPS);
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter((name) => NAME.test(name)).sort().map((name) => join(folder, name));
};

export const newestBackup = (directory: string): string | null => backups(directory).at(-1) ?? null;

/**
 * Copies the database, WAL included, into one file of the backups folder and keeps the last five. The copy gets a lineage
 * of its own, so that what was derived from the original is not taken for it after a restore.
 */
export const backupBefore = (database: Database.Database, directory: string, now: number, faultPoint: FaultPoint): void => {
  mkdirSync(pathIn(directory, BACKUPS), { recursive: true, mode: 0o700 });
  const time = new Date(now).toISOString().replaceAll(/[-:.]/g, '');
  const path = join(pathIn(directory, BACKUPS), `durable-${time}-v${String(database.pragma('user_version', { simple: true }))}.sqlite`);
  const draft = `${path}.new`;
  rmSync(draft, { force: true });
  faultPoint('before:store.backup');
  database.prepare('VACUUM INTO ?').run(draft);
  const copy = new Database(draft);
  try {
    copy.prepare("UPDATE facts SET value = lower(hex(randomblob(16))) WHERE name = 'lineage'").run();
  } finally {
    copy.close();
  }
  renameSync(draft, path);
  faultPoint('after:store.backup');
  for (const old of backups(directory).slice(0, -KEPT)) rmSync(old, { force: true });
};
