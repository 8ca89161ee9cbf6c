import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDockerEngine } from '../../../src-main/adapters/docker/docker-engine.ts';
import { PLAIN, LABEL } from '../../../src-main/domain/container-spec.ts';
import type { ContainerEngine } from '../../../src-main/ports/container-engine.ts';
import { requireEngine, sweep } from '../../support/engine.ts';
import { programs } from '../../conformance/container-engine.programs.ts';

/** A socket in front of the real engine's that can be taken away while the engine goes on. */
const folder = mkdtempSync(join(tmpdir(), 'drydock-broken-'));
const path = join(folder, 'engine.sock');
const owner = `test-${randomBytes(6).toString('hex')}`;
const sockets = new Set<Socket>();
let real: ContainerEngine;
let image: string;
let target: string;
const server = createServer((front) => {
  const back = connect(target);
  for (const socket of [front, back]) sockets.add(socket.on('error', () => {}));
  front.pipe(back).pipe(front);
});

beforeAll(async () => {
  const found = await requireEngine();
  if (found.endpoint.kind !== 'socket') throw new Error('this test stands in front of a local socket');
  ({ engine: real, image } = found);
  target = found.endpoint.path;
  await new Promise<void>((resolve) => server.listen(path, resolve));
});
afterAll(async () => {
  await sweep(real, owner);
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

it('rejects everything that was waiting when the engine goes away, and tells its end once', async () => {
  const engine = createDockerEngine({ endpoint: { kind: 'socket', path }, source: 'in front' });
  const container = await engine.create({
    name: owner, image, command: programs.sleeps.shell, user: '1000:1000', workingDirectory: '/', environment: {}, labels: { [LABEL.owner]: owner },
    network: 'none', limits: { cpus: 1, memoryBytes: 2 ** 27, processes: 32 }, ...PLAIN,
  });
  let ends = 0;
  const ended = Promise.withResolvers<void>();
  const onEnd = (): void => {
    ends += 1;
    ended.resolve();
  };
  await engine.events(`${LABEL.owner}=${owner}`, () => {}, onEnd, new AbortController().signal);
  const ready = Promise.withResolvers<void>();
  const attached = await engine.attach(container, () => ready.resolve());
  await engine.start(container);
  await ready.promise;
  const followed = await engine.follow(container, { stdout: 0, stderr: 0 }, () => {});
  const waiting = engine.wait(container);
  const unavailable = { fault: { kind: 'unavailable' } };
  const all = Promise.all([
    expect(attached.ended).rejects.toMatchObject(unavailable),
    expect(followed.ended).rejects.toMatchObject(unavailable),
    expect(waiting).rejects.toMatchObject(unavailable),
  ]);
  rmSync(path);
  for (const socket of sockets) socket.destroy();
  await all;
  await ended.promise;
  expect(ends).toBe(1);
  expect(await real.inspect(container)).toMatchObject({ state: 'running' });
});
