import { randomBytes } from 'node:crypto';
import { stat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import Docker from 'dockerode';
import { afterAll, beforeAll, beforeEach, expect, it, onTestFinished } from 'vitest';
import { hostAddresses } from '../../../src-main/adapters/gateway/relay/host-addresses.ts';
import { createNetworkSeat } from '../../../src-main/adapters/gateway/relay/network-seat.ts';
import { runProxies } from '../../../src-main/adapters/gateway/run-proxy.ts';
import { systemIds } from '../../../src-main/adapters/system/ids.ts';
import { systemClock } from '../../../src-main/adapters/system/clock.ts';
import { runId } from '../../../src-main/contract/ids.ts';
import { DEFAULT_BUDGET, frozenNetwork, type NetworkEntry } from '../../../src-main/contract/network.ts';
import { LABEL, PLAIN, relaySpec } from '../../../src-main/domain/container-spec.ts';
import type { Attachment, ContainerEngine } from '../../../src-main/ports/container-engine.ts';
import type { Seat, SeatRequest } from '../../../src-main/ports/network-seat.ts';
import { requireEngine, sweep } from '../../support/engine.ts';
import { relaySource } from '../../support/relay/local-relay.ts';
import { startSink, type Sink } from '../../support/relay/sink.ts';
import { scratchFolder } from '../../support/scratch-folder.ts';

const MB = 2 ** 20;
const owner = `test-${randomBytes(6).toString('hex')}`;
const network = frozenNetwork.parse({
  mode: 'allowlist',
  rules: [{ host: 'sink.test' }, { host: 'read.test', methods: ['GET'] }],
  budget: { ...DEFAULT_BUDGET, connections: 64 },
});
let engine: ContainerEngine;
let docker: Docker;
let image: string;
let sink: Sink;
let directory: string;
let containers = 0;

beforeAll(async () => {
  const found = await requireEngine();
  ({ engine, image } = found);
  if (found.endpoint.kind !== 'socket') throw new Error('this test looks at containers over a local socket');
  docker = new Docker({ socketPath: found.endpoint.path });
  sink = await startSink();
});
beforeEach(() => {
  directory = scratchFolder();
});
afterAll(async () => {
  await sweep(engine, owner);
  await sink.close();
});

const requestFor = (changes: Partial<SeatRequest> = {}): SeatRequest => ({
  runId: runId.parse(`run_${systemIds.random()}`),
  turn: 1,
  owner,
  image,
  network,
  secrets: new Map(),
  entries: [],
  onEntry: () => {},
  ...changes,
});

const openSeat = async (request: SeatRequest, on: ContainerEngine = engine, addresses = hostAddresses): Promise<Seat> => {
  const seats = createNetworkSeat({ directory, relaySource, createProxy: runProxies(systemClock, sink.reach), hostAddresses: addresses, clock: systemClock });
  const seat = await seats.open(on, request);
  onTestFinished(() => seat.close());
  return seat;
};

interface Started {
  readonly ended: Promise<string>;
}

/** Starts a shell script in a seat's network; resolves when it runs, `ended` to all that it wrote. */
const startIn = async (seat: Seat, script: string): Promise<Started> => {
  const name = `${owner}-${(containers += 1)}`;
  await engine.create({
    ...PLAIN,
    name,
    image,
    command: ['/bin/bash', '-c', script],
    user: '1000:1000',
    workingDirectory: '/',
    environment: { http_proxy: 'http://127.0.0.1:3128' },
    labels: { [LABEL.owner]: owner },
    network: { of: seat.holder },
    limits: { cpus: 2, memoryBytes: 512 * MB, processes: 256 },
  });
  let text = '';
  const attachment = await engine.attach(name, (_stream, bytes) => void (text += Buffer.from(bytes).toString()));
  await engine.start(name);
  const end = async (): Promise<string> => {
    await attachment.ended;
    await engine.remove(name);
    return text;
  };
  return { ended: end() };
};

const runIn = async (seat: Seat, script: string): Promise<string> => (await startIn(seat, script)).ended;

/** Connections that stand at the proxy's door (0C38 is 3128, 01 established), as the relay's own system counts them. */
const connectionsAt = async (seat: Seat): Promise<number> => {
  let text = '';
  await engine.exec(seat.holder, { command: ['cat', '/proc/net/tcp'], user: '1000:1000', workingDirectory: '/', environment: {} }, (_stream, bytes) => void (text += Buffer.from(bytes).toString()));
  return text.split('\n').filter((line) => /^ *\d+: \w+:0C38 \w+:\w+ 01 /.test(line)).length;
};

/** An engine whose connections can be dropped as those of a killed process are: without a word, and nobody looks again. */
const mortal = (): { engine: ContainerEngine; kill: () => void } => {
  const attachments: Attachment[] = [];
  let alive = true;
  return {
    engine: {
      ...engine,
      attach: async (name, on) => {
        const attachment = await engine.attach(name, on);
        attachments.push(attachment);
        return attachment;
      },
      inspect: (name) => (alive ? engine.inspect(name) : new Promise<never>(() => {})),
    },
    kill: () => {
      alive = false;
      for (const attachment of attachments) attachment.detach();
    },
  };
};

it('lets programs in its network reach what is allowed, through the proxy alone', async () => {
  const told: NetworkEntry[] = [];
  const seat = await openSeat(requestFor({ onEntry: (entry) => told.push(entry) }));
  await seat.selfTest();
  expect(told).toEqual([]);
  expect(await runIn(seat, 'curl -s http://sink.test/hello; echo; curl -s -o /dev/null -w "%{http_code}" http://other.test/; echo; curl -s -o /dev/null -w "%{http_code}" --noproxy "*" http://127.0.0.1:3129/v1/models')).toBe('/hello\n403\n503');
  expect(told.map(({ host, refused }) => [host, refused])).toContainEqual(['other.test', 'notAllowed']);
  expect(told.map(({ host, refused }) => [host, refused])).toContainEqual(['sink.test', null]);
});

it('has no way out but its doors: no route, no names, no host', async () => {
  const seat = await openSeat(requestFor());
  const tries = hostAddresses().filter(([host]) => !host.includes(':')).map(([host, port]) => `(exec 3<>/dev/tcp/${host}/${port}) 2>&1 | grep -o -m1 "Network is unreachable" || echo "reached ${host}:${port}"`);
  const text = await runIn(seat, ['ls /sys/class/net', 'tail -n +2 /proc/net/route', 'cat /etc/resolv.conf', 'getent hosts sink.test || echo "no name"', ...tries].join('\n'));
  expect(text).toBe(`lo\nnameserver 127.0.0.1\nno name\n${'Network is unreachable\n'.repeat(tries.length)}`);
});

it('is a container with nothing in it, that nothing can be written to', async () => {
  const seat = await openSeat(requestFor());
  const info = await docker.getContainer(seat.holder).inspect();
  expect(info.HostConfig).toMatchObject({ NetworkMode: 'none', ReadonlyRootfs: true, CapDrop: ['ALL'], Memory: 128 * MB, PidsLimit: 32, LogConfig: { Type: 'none' }, Dns: ['127.0.0.1'] });
  expect(info.Mounts).toEqual([]);
  expect(info.Config).toMatchObject({ User: '1000:1000', OpenStdin: true, StdinOnce: false });
});

it('names a surprise of the self-test', async () => {
  const seat = await openSeat(requestFor(), engine, () => [['127.0.0.1', 3128]]);
  await expect(seat.selfTest()).rejects.toMatchObject({ name: 'SeatFailure', fault: { code: 'policyNotEnforced', message: expect.stringContaining('127.0.0.1:3128 is within reach (connected)') } });
});

it('carries fifty large downloads at once in its 128 MB', async () => {
  const seat = await openSeat(requestFor());
  let ended = false;
  const { ended: downloads } = await startIn(seat, 'seq 50 | xargs -P 50 -I{} curl -s -o /dev/null -w "%{size_download}\\n" http://sink.test/bytes/4000000 | sort | uniq -c');
  const counted = downloads.finally(() => (ended = true));
  let most = 0;
  while (!ended) most = Math.max(most, (await engine.measure(seat.holder)).memoryBytes);
  expect((await counted).trim()).toBe('50 4000000');
  expect(most).toBeGreaterThan(10 * MB);
  expect(most).toBeLessThan(128 * MB);
});

it('goes on with the next service when one is killed: what waited is carried, what was cut is a break', async () => {
  const request = requestFor();
  const first = mortal();
  const before = await openSeat(request, first.engine);
  const cut = await startIn(before, 'curl -s -o /dev/null http://sink.test/endless; echo "curl: $?"');
  await expect.poll(() => sink.asked).toContain('/endless');
  expect(await connectionsAt(before)).toBe(1);
  first.kill();
  const path = `/waited-${request.runId}`;
  const waited = await startIn(before, `curl -s http://sink.test${path}`);
  await expect.poll(() => connectionsAt(before)).toBe(2);
  expect(sink.asked).not.toContain(path);
  const after = await openSeat(request);
  expect(after.holder).toBe(before.holder);
  expect(await waited.ended).toBe(path);
  expect(await cut.ended).toMatch(/^curl: (18|56)\n$/);
  await after.selfTest();
});

it('is left without being touched, and taken up again with the same authority', async () => {
  const request = requestFor();
  const first = await openSeat(request);
  const folder = join(directory, 'seats', request.runId);
  const files = await readdir(folder);
  expect(files).toEqual(['authority']);
  expect((await stat(join(folder, 'authority'))).mode & 0o777).toBe(0o600);
  expect(first.authority).toContain('BEGIN CERTIFICATE');
  expect(first.authority).not.toContain('PRIVATE');
  await first.leave();
  expect((await engine.inspect(first.holder))?.state).toBe('running');
  const second = await openSeat(request);
  expect(second.authority).toBe(first.authority);
  expect(await runIn(second, 'curl -s http://sink.test/again')).toBe('/again');
  await second.close();
  expect(await engine.inspect(first.holder)).toBeNull();
  expect(await readdir(join(directory, 'seats'))).toEqual([]);
});

it('takes up a relay that was made and never started', async () => {
  const request = requestFor();
  await engine.create(relaySpec({ ...request, source: relaySource }));
  const seat = await openSeat(request);
  expect(await runIn(seat, 'curl -s http://sink.test/started')).toBe('/started');
});

it('says when its relay is gone, and does not pretend to be it afterwards', async () => {
  const request = requestFor();
  const seat = await openSeat(request);
  await docker.getContainer(seat.holder).kill();
  await seat.lost;
  await expect(openSeat(request)).rejects.toMatchObject({ name: 'SeatFailure', fault: { code: 'engineFailed' } });
});
