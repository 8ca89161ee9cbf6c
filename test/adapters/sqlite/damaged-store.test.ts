import Database from 'better-sqlite3';
import { readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openStore } from '../../../src-main/adapters/sqlite/open-store.ts';
import { QueryClient } from '../../../src-main/adapters/sqlite/query-client.ts';
import { StoreFailure, type RunStore } from '../../../src-main/ports/run-store.ts';
import { sampleBrief, sampleProject, sampleRun, sampleRunId } from '../../support/sample-documents.ts';
import { scratchFolder } from '../../support/scratch-folder.ts';
import { storeFault } from '../../support/store-fault.ts';

const brief = sampleBrief(1, 'Mend the fence');
const fill = (store: RunStore): void =>
  store.commit({ at: 1, events: [], projects: [sampleProject(1)], briefs: [brief], runs: [1, 2, 3].map((number) => sampleRun(number, brief, { attempt: number })) });

const filled = async (): Promise<{ directory: string; path: string }> => {
  const directory = scratchFolder();
  const store = openStore({ directory });
  fill(store);
  await store.close();
  return { directory, path: join(directory, 'durable.sqlite') };
};

test('a damaged row is named when it is asked for, and hides no other', async () => {
  const { directory, path } = await filled();
  const database = new Database(path);
  database.prepare("UPDATE runs SET document = '{\"id\":1' WHERE id = ?").run(sampleRunId(2));
  database.close();
  const reported: string[] = [];
  const store = openStore({ directory, onDamaged: (failure) => reported.push(failure.fault.message) });
  expect(storeFault(() => store.run(sampleRunId(2)))).toMatchObject({ code: 'damagedData', detail: { kind: 'run', id: sampleRunId(2) } });
  expect(store.unendedRuns().map((run) => run.id)).toEqual([1, 3].map(sampleRunId));
  store.unendedRuns();
  expect(reported).toHaveLength(1);
  expect((await store.history({ limit: 10 })).runs).toHaveLength(3);
  expect((await store.history({ limit: 10, text: 'fence' })).runs).toHaveLength(2);
  await store.close();
});

test('a document that does not fit its schema is not stored', async () => {
  const { directory } = await filled();
  const store = openStore({ directory });
  expect(storeFault(() => store.commit({ at: 1, events: [], briefs: [{ ...brief, rank: Number.NaN }] })).code).toBe('internal');
  expect(store.brief(brief.id)?.rank).toBe(1);
  await store.close();
});

test('a cut, an empty and a missing database are refused and left as they are', async () => {
  const { directory, path } = await filled();
  const bytes = readFileSync(path);
  truncateSync(path, statSync(path).size - 4_096);
  expect(storeFault(() => openStore({ directory }))).toMatchObject({ code: 'damagedData' });
  expect(readFileSync(path).equals(bytes.subarray(0, -4_096))).toBe(true);
  writeFileSync(path, '');
  expect(storeFault(() => openStore({ directory })).code).toBe('damagedData');
  expect(statSync(path).size).toBe(0);
  writeFileSync(path, 'x'.repeat(9_000));
  expect(storeFault(() => openStore({ directory })).message).toContain('not a database');
  // The index of what was there says that there was something.
  writeFileSync(path, bytes);
  const store = openStore({ directory });
  await store.history({ limit: 1, text: 'fence' });
  await store.close();
  rmSync(path);
  expect(storeFault(() => openStore({ directory })).message).toContain('is missing');
});

test('damage inside is found after an unclean end', async () => {
  const { directory, path } = await filled();
  const store = openStore({ directory });
  fill2(store);
  // A copy taken while it is open is what a power cut leaves.
  const bytes = readFileSync(path);
  const wal = readFileSync(`${path}-wal`);
  await store.close();
  bytes.fill(0xa5, 4_096, 4_096 * 4);
  writeFileSync(path, bytes);
  writeFileSync(`${path}-wal`, wal);
  expect(storeFault(() => openStore({ directory })).code).toBe('damagedData');
});

const fill2 = (store: RunStore): void => store.commit({ at: 2, events: [], settings: { slots: 1 } });

test('the full-text index may be damaged or deleted: it is made again', async () => {
  const { directory } = await filled();
  const derived = join(directory, 'derived.sqlite');
  const find = async (): Promise<number> => {
    const store = openStore({ directory });
    const { runs } = await store.history({ limit: 10, text: 'mend fen' });
    await store.close();
    return runs.length;
  };
  expect(await find()).toBe(3);
  writeFileSync(derived, 'no database at all, but long enough to be read as one'.repeat(100));
  expect(await find()).toBe(3);
  rmSync(derived);
  expect(await find()).toBe(3);
});

test('a query fails cleanly when its worker cannot work, and the next one starts another', async () => {
  const directory = scratchFolder();
  const queries = new QueryClient(directory);
  await expect(Promise.all([queries.history({ limit: 1 }), queries.history({ limit: 2 })])).rejects.toThrow(StoreFailure);
  const store = openStore({ directory });
  fill(store);
  expect((await queries.history({ limit: 2, states: ['queued'] })).runs.length).toBeGreaterThan(1);
  await queries.close();
  await expect(queries.history({ limit: 1 })).rejects.toThrow('closed');
  await store.close();
});
