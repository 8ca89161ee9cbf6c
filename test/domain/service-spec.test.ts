import { expect, it } from 'vitest';
import { serviceSpec } from '../../src-main/contract/project.ts';
import { roleLabels } from '../../src-main/domain/container-spec.ts';
import { DEFAULT_ENVIRONMENT } from '../../src-main/domain/environment/default-environment.ts';
import { holderSpec, namesBeside, serviceContainerSpec } from '../../src-main/domain/service-spec.ts';

const beside = { name: 'drydock-run-1-1-work', labels: roleLabels('owner', 'run_1', 1, 'work') };
const db = serviceSpec.parse({ name: 'db', image: 'postgres:17', variables: { POSTGRES_DB: 'shop' } });
const { limits } = DEFAULT_ENVIRONMENT;

it('a service is named after whom it stands beside, joins its network, and has its image say how it starts', () => {
  const spec = serviceContainerSpec(beside, { service: db, limits, holder: 'holder' });
  expect(spec).toEqual({
    name: 'drydock-run-1-1-work-service-db', image: 'postgres:17', command: [], user: '', workingDirectory: '', environment: { POSTGRES_DB: 'shop' },
    labels: { 'drydock.data': 'owner', 'drydock.run': 'run_1', 'drydock.phase': 'work-service-db', 'drydock.intent': 'run_1/1/work-service-db' },
    network: { of: 'holder' }, limits, readsEveryFile: false, installsPackages: false, tmpfs: {}, stdin: 'closed', keepsLog: false, readOnly: false, asImageSays: { volumeBytes: limits.memoryBytes },
  });
  expect(serviceContainerSpec(beside, { service: { ...db, command: ['postgres', '-c', 'fsync=off'] }, limits, holder: 'holder' }).command).toEqual(['postgres', '-c', 'fsync=off']);
});

it('a holder has a network and nothing else', () => {
  expect(holderSpec(beside, { image: 'drydock/base', network: 'none' })).toMatchObject({ name: 'drydock-run-1-1-work-holder', network: 'none', user: '1000:1000', readOnly: true, keepsLog: false, environment: {}, asImageSays: null });
});

it('everything beside a container is known by name', () => {
  expect(namesBeside(beside, [db, { ...db, name: 'cache' }])).toEqual(['drydock-run-1-1-work-service-db', 'drydock-run-1-1-work-service-cache', 'drydock-run-1-1-work-holder']);
});
