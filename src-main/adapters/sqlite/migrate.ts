import type Database from 'better-sqlite3';
import { StoreFailure } from '../../ports/run-store.ts';
import type { FaultPoint } from '../../ports/surroundings.ts';
import { hashOf, type Migration } from './migrations/migration.ts';

export const appliedNumber = (database: Database.Database): number =>
  Number(database.pragma('user_version', { simple: true }));

/** Refuses data of a newer version: writing it with old code would lose what the old code does not know. */
export const requireKnownVersion = (version: number, known: number, path: string): void => {
  if (version <= known) return;
  throw new StoreFailure({
    code: 'newerData',
    message: `${path} was made by a newer version of Drydock (data version ${version}, this one knows ${known}). Nothing was changed.`,
    next: 'Start the newer version, or name another folder with --data-dir.',
    detail: { path, version, known },
  });
};

/** Refuses a database whose past differs from the released list: its schema is not what the code thinks. */
export const requireSamePast = (database: Database.Database, migrations: readonly Migration[], path: string): void => {
  const rows = database.prepare<[], { number: number; hash: string }>('SELECT number, hash FROM migrations ORDER BY number').all();
  for (const row of rows) {
    const known = migrations.find((migration) => migration.number === row.number);
    if (known !== undefined && hashOf(known) === row.hash) continue;
    throw new StoreFailure({
      code: 'damagedData',
      message: `${path} was migrated by step ${row.number} of another build: its schema is not known to this one. Nothing was changed.`,
      next: 'Start the build that made it, or name another folder with --data-dir.',
      detail: { path, migration: row.number },
    });
  }
};

/** Applies the steps that are missing, each in its own transaction: killed midway, the last whole step stands. */
export const migrate = (
  database: Database.Database,
  migrations: readonly Migration[],
  now: number,
  faultPoint: FaultPoint,
): void => {
  for (const migration of migrations) {
    if (migration.number <= appliedNumber(database)) continue;
    faultPoint(`before:store.migrate.${migration.number}`);
    database.transaction(() => {
      database.exec(
        'CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL, hash TEXT NOT NULL, at INTEGER NOT NULL) STRICT',
      );
      database.exec(migration.sql);
      database
        .prepare('INSERT INTO migrations (number, name, hash, at) VALUES (?, ?, ?, ?)')
        .run(migration.number, migration.name, hashOf(migration), now);
      database.pragma(`user_version = ${migration.number}`);
      faultPoint(`within:store.migrate.${migration.number}`);
    })();
    faultPoint(`after:store.migrate.${migration.number}`);
  }
};
