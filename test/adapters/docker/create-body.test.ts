import { expect, it } from 'vitest';
import { createBody } from '../../../src-main/adapters/docker/create-body.ts';
import { PLAIN, type ContainerSpec } from '../../../src-main/domain/container-spec.ts';

const spec: ContainerSpec = {
  name: 'drydock-run-1-1-work', image: 'drydock/base:latest', command: ['/bin/sh', '-c', 'true'], user: '1000:1000', workingDirectory: '/workspace',
  environment: { CI: '1' }, labels: { 'drydock.run': 'run_1' }, network: 'none',
  limits: { cpus: 1.5, memoryBytes: 2 ** 30, processes: 256 }, ...PLAIN, tmpfs: { '/etc': 4096 },
};

it('seals the container', () => {
  const { HostConfig: host, ...body } = createBody(spec, 'local');
  expect(body).toMatchObject({ Entrypoint: spec.command, Cmd: [], User: '1000:1000', Healthcheck: { Test: ['NONE'] }, Tty: false });
  expect(host).toMatchObject({
    CapDrop: ['ALL'], CapAdd: [], SecurityOpt: ['no-new-privileges'], Privileged: false, Init: true, IpcMode: 'private', NetworkMode: 'none',
    PidsLimit: 256, Memory: 2 ** 30, MemorySwap: 2 ** 30, NanoCpus: 1_500_000_000, AutoRemove: false, RestartPolicy: { Name: 'no' },
    Tmpfs: { '/etc': 'rw,noexec,nosuid,nodev,mode=1777,size=4096' },
  });
});

it('asks for nothing of the host, whatever the spec says', () => {
  const asked = Object.keys(createBody({ ...spec, network: { bridge: 'mine' }, readsEveryFile: true }, 'json-file').HostConfig ?? {});
  for (const name of ['Binds', 'Mounts', 'Devices', 'DeviceRequests', 'PidMode', 'UTSMode', 'UsernsMode', 'VolumesFrom', 'PortBindings', 'ExtraHosts', 'Sysctls', 'Links']) {
    expect(asked).not.toContain(name);
  }
});

it('starts a server as its image says, with what entrypoints need to become another user, and its volumes in memory', () => {
  const server: ContainerSpec = { ...spec, command: [], user: '', workingDirectory: '', network: { of: 'holder' }, tmpfs: {}, asImageSays: { volumeBytes: 8_192 } };
  const { HostConfig: host, ...body } = createBody(server, 'local', ['/var/lib/data/', '/log']);
  expect(body).toMatchObject({ User: '', WorkingDir: '', Healthcheck: { Test: ['NONE'] } });
  for (const field of ['Entrypoint', 'Cmd', 'Hostname']) expect(body).not.toHaveProperty(field);
  expect(host).toMatchObject({
    CapDrop: ['ALL'], CapAdd: ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'SETGID', 'SETUID'], SecurityOpt: ['no-new-privileges'], Privileged: false, NetworkMode: 'container:holder',
    Tmpfs: { '/var/lib/data': 'rw,noexec,nosuid,nodev,mode=1777,size=8192', '/log': 'rw,noexec,nosuid,nodev,mode=1777,size=8192' },
  });
  expect(createBody({ ...server, command: ['serve', '-v'] }, 'local')).toMatchObject({ Cmd: ['serve', '-v'] });
  expect(createBody(spec, 'local', ['/var/lib/data']).HostConfig?.Tmpfs).toEqual({ '/etc': expect.any(String) });
});

it('gives one capability, and only to a collector', () => {
  expect(createBody({ ...spec, readsEveryFile: true }, 'local').HostConfig?.CapAdd).toEqual(['DAC_READ_SEARCH']);
});
