import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../src-main/adapters/sqlite/open-store.ts';
import { fakeStore } from '../support/fake-store.ts';
import { runStoreSuite } from './run-store.suite.ts';

runStoreSuite('in memory', () => ({ store: fakeStore(), dispose: async () => {} }));

runStoreSuite('SQLite', () => {
  const directory = mkdtempSync(join(tmpdir(), 'drydock-store-'));
  const store = openStore({ directory });
  return {
    store,
    dispose: async () => {
      await store.close();
      rmSync(directory, { recursive: true });
    },
  };
});
