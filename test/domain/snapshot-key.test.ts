import { expect, it } from 'vitest';
import type { ProjectId } from '../../src-main/contract/ids.ts';
import { serviceSpec, type Environment } from '../../src-main/contract/project.ts';
import { DEFAULT_ENVIRONMENT } from '../../src-main/domain/environment/default-environment.ts';
import { snapshotIdentity } from '../../src-main/domain/snapshot-key.ts';

const keyOf = (change: Partial<Environment>): string =>
  snapshotIdentity({ project: 'prj_1' as ProjectId, imageId: 'sha256:1', environment: { ...DEFAULT_ENVIRONMENT, ...change }, lockFiles: new Map(), secrets: new Map() });
const db = serviceSpec.parse({ name: 'db', image: 'postgres:17', variables: { A: '1', B: '2' } });
const services = [db];

it('services that setup meets are part of the key', () => {
  const own = keyOf({ setup: 'make', services });
  for (const other of [[], [{ ...db, name: 'sql' }], [{ ...db, image: 'postgres:16' }], [{ ...db, variables: { A: '1' } }], [{ ...db, command: ['postgres'] }], [db, { ...db, name: 'second' }]]) {
    expect(keyOf({ setup: 'make', services: other })).not.toBe(own);
  }
});

it('how long they are waited for is not, nor are they where there is no setup', () => {
  const own = keyOf({ setup: 'make', services });
  expect(keyOf({ setup: 'make', services: [{ ...db, health: 'pg_isready', readyWithinSeconds: 5, variables: { B: '2', A: '1' } }] })).toBe(own);
  expect(keyOf({ setup: ' \n', services })).toBe(keyOf({ setup: ' \n' }));
});
