import { randomBytes } from 'node:crypto';
import Docker from 'dockerode';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PLAIN, LABEL, type ContainerSpec } from '../../../src-main/domain/container-spec.ts';
import type { ContainerEngine } from '../../../src-main/ports/container-engine.ts';
import { requireEngine, sweep } from '../../support/engine.ts';

const owner = `test-${randomBytes(6).toString('hex')}`;
const labels = { [LABEL.owner]: owner };
const images: string[] = [];
let engine: ContainerEngine;
let docker: Docker;
let image: string;

/** An image that wants to decide how it is run. */
const hostile = async (name: string, changes: string[]): Promise<string> => {
  const container = await docker.createContainer({ Image: image, Labels: labels });
  const reference = `${owner}/${name}`;
  await container.commit({ repo: reference, tag: '1', changes });
  await container.remove();
  images.push(`${reference}:1`);
  return `${reference}:1`;
};

const spec = (name: string, changes: Partial<ContainerSpec>): ContainerSpec => ({
  name: `${owner}-${name}`, image, command: ['/bin/true'], user: '1000:1000', workingDirectory: '/workspace', environment: {}, labels,
  network: 'none', limits: { cpus: 1, memoryBytes: 2 ** 27, processes: 64 }, ...PLAIN, ...changes,
});

const output = async (request: ContainerSpec): Promise<string> => {
  const container = await engine.create(request);
  let text = '';
  const attachment = await engine.attach(container, (_stream, bytes) => void (text += Buffer.from(bytes).toString()));
  await engine.start(container);
  await attachment.ended;
  return text;
};

beforeAll(async () => {
  const found = await requireEngine();
  ({ engine, image } = found);
  if (found.endpoint.kind !== 'socket') throw new Error('this test makes images over a local socket');
  docker = new Docker({ socketPath: found.endpoint.path });
});
afterAll(async () => {
  await sweep(engine, owner);
  for (const reference of images) await engine.removeImage(reference);
});

it('overrides entrypoint, command, user, healthcheck and working directory of the image', async () => {
  const from = await hostile('entry', ['ENTRYPOINT ["/bin/echo","hijacked"]', 'CMD ["more"]', 'USER 0', 'HEALTHCHECK CMD touch /health', 'WORKDIR /root', 'VOLUME /data']);
  expect(await output(spec('entry', { image: from, command: ['/bin/sh', '-c', 'id -u; pwd; echo "$0"', 'own'] }))).toBe('1000\n/workspace\nown\n');
  const info = await docker.getContainer(`${owner}-entry`).inspect();
  expect(info.Config.Healthcheck).toEqual({ Test: ['NONE'] });
  const volumes = info.Mounts.map(({ Name }) => Name ?? '');
  expect(volumes).toHaveLength(1);
  await engine.remove(`${owner}-entry`);
  await expect(docker.getVolume(volumes[0] ?? '').inspect()).rejects.toMatchObject({ statusCode: 404 });
});

it.each(['/workspace', '/workspace/'])('refuses an image whose volume %s would swallow the result', async (volume) => {
  const from = await hostile(`volume${images.length}`, [`VOLUME ${volume}`]);
  await expect(engine.create(spec('volume', { image: from }))).rejects.toMatchObject({ fault: { kind: 'refused' } });
  expect(await engine.inspect(`${owner}-volume`)).toBeNull();
});

it('has no network but loopback, no capability, bounded memory files, and no way up', async () => {
  const script = 'cat /proc/net/dev | tail -n +3 | cut -d: -f1 | tr -d " "; tail -n +2 /proc/net/route; grep -E "^(CapEff|CapBnd|NoNewPrivs|Seccomp):" /proc/self/status; ulimit -n; df -k /dev/shm | tail -1 | tr -s " " | cut -d" " -f2';
  expect(await output(spec('sealed', { command: ['/bin/sh', '-c', script] }))).toBe(
    'lo\nCapEff:\t0000000000000000\nCapBnd:\t0000000000000000\nNoNewPrivs:\t1\nSeccomp:\t2\n16384\n65536\n',
  );
});

it('covers a path with an empty tmpfs of the given size', async () => {
  const request = spec('covered', { tmpfs: { '/etc': 2 ** 20 }, user: '0', readsEveryFile: true, command: ['/bin/sh', '-c', 'ls /etc | sort | tr "\\n" " "; df -k /etc | tail -1 | tr -s " " | cut -d" " -f2; grep CapEff /proc/self/status'] });
  expect(await output(request)).toBe('hostname hosts resolv.conf 1024\nCapEff:\t0000000000000004\n');
});
