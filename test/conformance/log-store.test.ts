import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogStore } from '../../src-main/adapters/files/log-store.ts';
import { fakeLogStore } from '../support/fake-log-store.ts';
import { logStoreSuite } from './log-store.suite.ts';

logStoreSuite('in memory', (now) => {
  const store = fakeLogStore(now);
  return { reopen: () => store, dispose: async () => {} };
});

logStoreSuite('segments', (now) => {
  const directory = mkdtempSync(join(tmpdir(), 'drydock-logs-'));
  return {
    reopen: () => createLogStore({ directory, now }),
    dispose: async () => rmSync(directory, { recursive: true }),
  };
});

logStoreSuite('small segments', (now) => {
  const directory = mkdtempSync(join(tmpdir(), 'drydock-logs-'));
  return {
    // Small and odd, so that a piece crosses segments.
    reopen: () => createLogStore({ directory, now, segmentBytes: 7 * 1024 + 1 }),
    dispose: async () => rmSync(directory, { recursive: true }),
  };
});
