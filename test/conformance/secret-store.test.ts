import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSecretStore } from '../../src-main/adapters/keychain/secret-store.ts';
import { fakeSecretStore } from '../support/fake-secret-store.ts';
import { handClock } from '../support/hand-clock.ts';
import { REFERENCED, secretStoreSuite } from './secret-store.suite.ts';

secretStoreSuite('in memory', async (now) => {
  const store = fakeSecretStore(now, (given) => (given.kind === 'command' && given.command === REFERENCED.command ? REFERENCED.value : null));
  return { reopen: () => store, dispose: async () => {} };
});

const onDisk = (key: Uint8Array | null) => async (now: () => number) => {
  const directory = await mkdtemp(join(tmpdir(), 'drydock-secrets-'));
  return {
    reopen: () => createSecretStore({ directory, clock: { ...handClock(), now }, key }),
    dispose: () => rm(directory, { recursive: true }),
  };
};

secretStoreSuite('sealed files, key in a file', onDisk(null));
secretStoreSuite('sealed files, key of a keychain', onDisk(randomBytes(32)));
