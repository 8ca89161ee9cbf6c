import Database from 'better-sqlite3';
import { existsSync, readdirSync, readFileSync, copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { released } from '../../src-main/adapters/sqlite/migrations/released.ts';
import { hashOf, type Migration } from '../../src-main/adapters/sqlite/migrations/migration.ts';
import { openStore } from '../../src-main/adapters/sqlite/open-store.ts';
import { sampleBrief, sampleProject, sampleRun, sampleRunId } from '../support/sample-documents.ts';
import { scratchFolder } from '../support/scratch-folder.ts';
import { storeFault } from '../support/store-fault.ts';

const brief = sampleBrief(1);
const second: Migration = { number: released.length + 1, name: 'colour', sql: "ALTER TABLE runs ADD COLUMN colour TEXT NOT NULL DEFAULT 'red'" };
const third: Migration = { number: released.length + 2, name: 'paint', sql: "CREATE TABLE paint (name TEXT); UPDATE runs SET colour = 'blue'" };
const later = [...released, second, third];

const filled = async (): Promise<string> => {
  const directory = scratchFolder();
  const store = openStore({ directory });
  store.commit({ at: 1, events: [], projects: [sampleProject(1)], briefs: [brief], runs: [sampleRun(1, brief)] });
  await store.close();
  return directory;
};
const columnsOf = (directory: string): string[] => {
  const database = new Database(join(directory, 'durable.sqlite'), { readonly: true });
  const rows = database.prepare<[], string>("SELECT name FROM pragma_table_info('runs')").pluck().all();
  database.close();
  return rows;
};

test('numbers count up without a gap, and no released step has changed', () => {
  expect(released.map((migration) => migration.number)).toEqual(released.map((_, index) => index + 1));
  expect(released.map((migration) => `${migration.name} ${hashOf(migration).slice(0, 12)}`)).toMatchInlineSnapshot(`
    [
      "first 2f52dcb48f50",
      "snapshot uses ab7a7d0f3439",
      "history rows 00783a51653a",
      "sealed environments fd0370722998",
      "snapshot bytes 58d2154b3aa6",
    ]
  `);
});

test('an older database is backed up, then migrated step by step', async () => {
  const directory = await filled();
  const store = openStore({ directory, migrations: later, now: () => Date.UTC(2026, 0, 2, 3, 4, 5) });
  expect(store.run(sampleRunId(1))?.attempt).toBe(1);
  await store.close();
  expect(columnsOf(directory)).toContain('colour');
  expect(readdirSync(join(directory, 'backups'))).toEqual([`durable-20260102T030405000Z-v${released.length}.sqlite`]);
});

test('a backup put back is a whole older database', async () => {
  const directory = await filled();
  await openStore({ directory, migrations: later }).close();
  const [backup = ''] = readdirSync(join(directory, 'backups'));
  copyFileSync(join(directory, 'backups', backup), join(directory, 'durable.sqlite'));
  const store = openStore({ directory });
  expect(store.briefs()).toHaveLength(1);
  await store.close();
});

test('the last five backups are kept', async () => {
  const directory = await filled();
  for (let step = 1; step <= 7; step += 1) {
    const steps = Array.from({ length: step }, (_, index): Migration => ({ number: released.length + index + 1, name: `step ${index}`, sql: `CREATE TABLE t${index} (x)` }));
    await openStore({ directory, migrations: [...released, ...steps], now: () => step * 1_000 }).close();
  }
  const seconds = readdirSync(join(directory, 'backups')).map((name) => /T0000(\d\d)/.exec(name)?.[1]);
  expect(seconds.sort()).toEqual(['03', '04', '05', '06', '07']);
});

test.each(['before:store.backup', 'within:store.migrate', 'after:store.migrate'])('stopped at %s, the next start completes it', async (where) => {
  const directory = await filled();
  const stop = (point: string): void => {
    if (point.startsWith(where)) throw new Error('stopped here');
  };
  expect(() => openStore({ directory, migrations: later, faultPoint: stop })).toThrow('stopped here');
  expect(columnsOf(directory).includes('colour')).toBe(where.startsWith('after'));
  const store = openStore({ directory, migrations: later });
  expect(store.unendedRuns()).toHaveLength(1);
  await store.close();
  expect(columnsOf(directory)).toContain('colour');
});

test('a step that fails leaves the database as it was', async () => {
  const directory = await filled();
  const broken: Migration = { number: second.number, name: 'broken', sql: 'CREATE TABLE half (x); INSERT INTO nowhere VALUES (1)' };
  expect(storeFault(() => openStore({ directory, migrations: [...released, broken] })).code).toBe('internal');
  const store = openStore({ directory });
  expect(store.briefs()).toHaveLength(1);
  await store.close();
});

test('data of a newer version is refused, and nothing is touched', async () => {
  const directory = await filled();
  await openStore({ directory, migrations: later }).close();
  const bytes = readFileSync(join(directory, 'durable.sqlite'));
  expect(storeFault(() => openStore({ directory }))).toMatchObject({ code: 'newerData', detail: { version: later.length, known: released.length } });
  expect(readFileSync(join(directory, 'durable.sqlite')).equals(bytes)).toBe(true);
  expect(existsSync(join(directory, 'durable.sqlite-wal'))).toBe(false);
});

test('a database whose past is another is refused', async () => {
  const directory = await filled();
  const changed: Migration = { number: 1, name: 'first', sql: `${released[0]?.sql ?? ''} -- changed` };
  expect(storeFault(() => openStore({ directory, migrations: [changed, ...released.slice(1)] })).code).toBe('damagedData');
});

test('what older runs came to is read out of their documents; a damaged one came to nothing', async () => {
  const directory = await filled();
  const result = { outcome: 'done', commit: 'c'.repeat(40), tree: 'a'.repeat(40), files: 3, additions: 20, deletions: 4, findings: [], paths: [] };
  const run = sampleRun(1, brief, { state: { name: 'reviewable' }, endedAt: 9 });
  const landed = [{ landing: 'lnd_000000000001', how: 'branch', commit: null, at: 8 }];
  const old = new Database(join(directory, 'durable.sqlite'));
  old.exec('DROP TABLE outcomes; DROP TABLE log_tails; DROP TABLE network_entries; ALTER TABLE snapshots DROP COLUMN receipt; ALTER TABLE snapshots DROP COLUMN bytes; DELETE FROM migrations WHERE number > 2');
  old.pragma('user_version = 2');
  old.prepare('UPDATE runs SET document = ?').run(JSON.stringify({ ...run, turns: [{ ...run.turns[0], result }], landed }));
  old.exec("INSERT INTO runs SELECT 2, 'run_000000000002', brief_id, project_id, number, 2, state, 1, 9, change, goal, '{damaged' FROM runs");
  old.close();
  const store = openStore({ directory });
  const { runs } = await store.history({ limit: 10 });
  expect(runs.map((one) => [one.files, one.additions, one.deletions, one.landed])).toEqual([[3, 20, 4, true], [0, 0, 0, false]]);
  await store.close();
});
