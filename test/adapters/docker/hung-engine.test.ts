import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDockerEngine } from '../../../src-main/adapters/docker/docker-engine.ts';
import { PLAIN, type ContainerSpec } from '../../../src-main/domain/container-spec.ts';
import type { ContainerEngine } from '../../../src-main/ports/container-engine.ts';

const folder = mkdtempSync(join(tmpdir(), 'drydock-hung-'));
const path = join(folder, 'engine.sock');
const sockets = new Set<Socket>();
const server = createServer((socket) => void sockets.add(socket.on('error', () => {}).on('close', () => sockets.delete(socket)).resume()));
const engine = createDockerEngine({ endpoint: { kind: 'socket', path }, source: 'hung', timeouts: { callMs: 100, idleMs: 100 } });
const absent = createDockerEngine({ endpoint: { kind: 'socket', path: join(folder, 'none.sock') }, source: 'absent' });

beforeAll(() => new Promise<void>((resolve) => server.listen(path, resolve)));
afterAll(() => {
  for (const socket of sockets) socket.destroy();
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

const spec: ContainerSpec = {
  name: 'never', image: 'never', command: ['true'], user: '1000', workingDirectory: '/', environment: {}, labels: {}, network: 'none',
  limits: { cpus: 1, memoryBytes: 2 ** 26, processes: 8 }, ...PLAIN,
};
const request = { command: ['true'], user: '1000', workingDirectory: '/', environment: {} };

/** Every method of the port: a new one does not compile until it is here. */
const calls: { readonly [call in keyof ContainerEngine]: (on: ContainerEngine) => Promise<unknown> } = {
  facts: (on) => on.facts(),
  details: (on) => on.details(),
  image: (on) => on.image('a:1'),
  lastLayerBytes: (on) => on.lastLayerBytes('a:1'),
  ownLayers: (on) => on.ownLayers('a:1'),
  create: (on) => on.create(spec),
  put: (on) => on.put('c', '/', Readable.from([])),
  start: (on) => on.start('c'),
  attach: (on) => on.attach('c', () => {}),
  follow: (on) => on.follow('c', { stdout: 0, stderr: 0 }, () => {}),
  exec: (on) => on.exec('c', request, () => {}),
  openTerminal: (on) => on.openTerminal('c', { ...request, columns: 80, rows: 24 }, () => {}),
  measure: (on) => on.measure('c'),
  wait: (on) => on.wait('c'),
  stop: (on) => on.stop('c', 0),
  remove: (on) => on.remove('c'),
  rename: (on) => on.rename('c', 'd'),
  inspect: (on) => on.inspect('c'),
  writtenBytes: (on) => on.writtenBytes('c'),
  commit: (on) => on.commit('c', 'a:1', {}),
  build: (on) => on.build({ context: Readable.from([]), dockerfile: 'Dockerfile', reference: 'a:1', labels: {}, network: 'n', limits: spec.limits, signal: new AbortController().signal }, () => {}),
  removeImage: (on) => on.removeImage('a:1'),
  describeImage: (on) => on.describeImage('a:1'),
  createNetwork: (on) => on.createNetwork('n', { a: 'b' }),
  removeNetwork: (on) => on.removeNetwork('n'),
  networks: (on) => on.networks({ a: 'b' }),
  read: (on) => on.read('c', '/'),
  containers: (on) => on.containers({ a: 'b' }),
  images: (on) => on.images({ a: 'b' }),
  events: (on) => on.events('a=b', () => {}, () => {}, new AbortController().signal),
};

it.each(Object.entries(calls))('%s gives up on an engine that never answers', async (_name, call) => {
  await expect(call(engine)).rejects.toMatchObject({ fault: { kind: 'timedOut' } });
});

it.each(Object.entries(calls))('%s says so when nobody listens', async (_name, call) => {
  await expect(call(absent)).rejects.toMatchObject({ fault: { kind: 'unavailable' } });
});

it('closes the connections that it gave up', async () => {
  await expect.poll(() => sockets.size).toBe(0);
});
