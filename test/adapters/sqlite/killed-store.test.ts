import Database from 'better-sqlite3';
import { copyFileSync, mkdirSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openStore } from '../../../src-main/adapters/sqlite/open-store.ts';
import { StoreFailure } from '../../../src-main/ports/run-store.ts';
import { startProgram } from '../../support/child-program.ts';
import { sampleBriefId, sampleRunId } from '../../support/sample-documents.ts';
import { scratchFolder } from '../../support/scratch-folder.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const KILLS = 20;

test('a store killed at any moment keeps every acknowledged commit, and each commit whole', async () => {
  const directory = scratchFolder();
  const random = seededRandom(1);
  for (let kill = 0; kill < KILLS; kill += 1) {
    const program = startProgram('commit-for-ever.ts', directory);
    await program.until(1 + Math.floor(random() * 40));
    program.child.kill('SIGKILL');
    await program.ended;
    const acknowledged = Number(program.lines.at(-1));
    const store = openStore({ directory });
    const last = store.nextBriefNumber() - 1;
    expect(last).toBeGreaterThanOrEqual(acknowledged);
    expect(store.briefs().length).toBe(last);
    expect(store.unendedRuns().length).toBe(last);
    expect(store.brief(sampleBriefId(acknowledged))?.number).toBe(acknowledged);
    // Saved before it was acknowledged; that of the one before may be missing, when a kill fell between its commit and its progress.
    expect(store.progress(sampleRunId(acknowledged))?.logLength).toBe(acknowledged);
    await store.close();
  }
});

test('a WAL cut anywhere loses only what was behind the cut', async () => {
  const directory = scratchFolder();
  const program = startProgram('commit-for-ever.ts', directory);
  await program.until(60);
  program.child.kill('SIGKILL');
  await program.ended;
  const random = seededRandom(2);
  const wal = statSync(join(directory, 'durable.sqlite-wal')).size;
  const copy = join(directory, 'copy');
  mkdirSync(copy);
  const cuts = Array.from({ length: 40 }, () => Math.floor(random() * wal)).sort((one, other) => one - other);
  let before = 0;
  for (const cut of cuts) {
    for (const suffix of ['', '-wal']) copyFileSync(join(directory, `durable.sqlite${suffix}`), join(copy, `durable.sqlite${suffix}`));
    truncateSync(join(copy, 'durable.sqlite-wal'), cut);
    const store = openStore({ directory: copy });
    const last = store.nextBriefNumber() - 1;
    // A longer WAL never holds less, and what it holds is whole commits.
    expect(last).toBeGreaterThanOrEqual(before);
    expect([store.briefs().length, store.unendedRuns().length]).toEqual([last, last]);
    await store.close();
    const database = new Database(join(copy, 'durable.sqlite'), { readonly: true });
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(database.pragma('foreign_key_check')).toEqual([]);
    database.close();
    before = last;
  }
  expect(before).toBeGreaterThan(0);
});

test('a database cut anywhere after an unclean end is refused or whole, never silently less', async () => {
  const directory = scratchFolder();
  const program = startProgram('commit-for-ever.ts', directory);
  await program.until(200);
  program.child.kill('SIGKILL');
  await program.ended;
  await openStore({ directory }).close();
  const whole = statSync(join(directory, 'durable.sqlite')).size;
  const random = seededRandom(3);
  for (let round = 0; round < 20; round += 1) {
    const copy = join(directory, `copy-${round}`);
    mkdirSync(copy);
    copyFileSync(join(directory, 'durable.sqlite'), join(copy, 'durable.sqlite'));
    truncateSync(join(copy, 'durable.sqlite'), Math.floor(random() * whole));
    expect(() => openStore({ directory: copy })).toThrow(StoreFailure);
  }
});
