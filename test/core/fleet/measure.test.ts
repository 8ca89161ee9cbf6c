import { systemDiskProbe } from '../../../src-main/adapters/system/disk-probe.ts';
import { tmpdir } from 'node:os';
import { expect, it } from 'vitest';
import type { EngineStatus } from '../../../src-main/contract/fleet.ts';
import type { Measurement } from '../../../src-main/contract/live.ts';
import { createFleetMeter } from '../../../src-main/core/fleet/measure.ts';
import { PLAIN, LABEL, aheadWorkSpec, containerName } from '../../../src-main/domain/container-spec.ts';
import { DEFAULT_ENVIRONMENT } from '../../../src-main/domain/environment/default-environment.ts';
import type { EngineConnection } from '../../../src-main/ports/engine-connection.ts';
import { FakeEngine } from '../../support/fake-engine/fake-engine.ts';
import { untilKilled } from '../../support/fake-engine/fake-program.ts';
import { handClock } from '../../support/hand-clock.ts';

const up: EngineStatus = { state: 'up', source: 'fake', version: '20', cpus: 4, memoryBytes: 2 ** 34, architecture: 'amd64' };

const make = async () => {
  const engine = new FakeEngine({ programs: [{ matches: () => true, run: untilKilled }] });
  const clock = handClock(1_000);
  const add = (role: string, owner = 'me') =>
    engine.create({
      name: `drydock-${role}-${owner}`, image: 'drydock/base:latest', command: ['x'], user: '1000:1000', workingDirectory: '/', environment: {},
      labels: { [LABEL.owner]: owner, [LABEL.run]: 'run_000000000001', [LABEL.phase]: role }, network: 'none',
      limits: { cpus: 2, memoryBytes: 2 ** 30, processes: 64 }, ...PLAIN,
    });
  let isUp = true;
  const engines = { engine: () => (isUp ? engine : null), status: () => (isUp ? up : { state: 'connecting' }) } as unknown as EngineConnection;
  const meter = createFleetMeter({ engines, clock, owner: 'me', dataDirectory: tmpdir(), disks: systemDiskProbe });
  const calls = (name?: string): number => engine.faults.calls.filter((call) => name === undefined || call === name).length;
  return { engine, clock, add, meter, calls, goDown: () => (isUp = false) };
};

/** Lets everything run that waits for no clock. */
const settle = async (): Promise<void> => {
  for (let time = 0; time < 50; time += 1) await new Promise((resolve) => setImmediate(resolve));
};

const valueOf = (result: IteratorResult<Measurement, void>): Measurement => {
  if (result.done) throw new Error('the measuring ended');
  return result.value;
};

it('says of one that joined a network what the holder of it reaches', async () => {
  const { engine, add, meter } = await make();
  const reached = { relay: 'joined', 'work-holder': 'none' };
  for (const role of Object.keys(reached)) {
    const holder = engine.container(await add(role))?.spec ?? expect.fail('no holder');
    await engine.create({ ...holder, name: `beside-${role}`, labels: { ...holder.labels, [LABEL.phase]: 'work' }, network: { of: holder.name } });
  }
  const controller = new AbortController();
  const { containers } = valueOf(await meter.watch(controller.signal).next());
  controller.abort();
  for (const [role, reach] of Object.entries(reached)) expect(containers.find(({ name }) => name === `beside-${role}`)?.network).toBe(reach);
});

it('measures what runs, with its cores from the second reading on', async () => {
  const { engine, clock, add, meter } = await make();
  await engine.start(await add('work'));
  await add('check-0-result');
  await add('work', 'somebody else');
  const controller = new AbortController();
  const live = meter.watch(controller.signal);
  const first = valueOf(await live.next());
  expect(first).toMatchObject({ machine: { cpus: 4, memoryBytes: 2 ** 34 }, disk: { freeBytes: expect.any(Number), totalBytes: expect.any(Number) } });
  expect(first.disk.totalBytes).toBeGreaterThan(first.disk.freeBytes);
  expect(first.containers).toHaveLength(2);
  expect(first.containers.find(({ role }) => role === 'work')).toMatchObject({
    runId: 'run_000000000001', state: 'running', cpus: null, cpuLimit: 2, memoryBytes: 2 ** 20, memoryLimit: 2 ** 30, network: 'none', startedAt: expect.any(Number),
  });
  expect(first.containers.find(({ role }) => role === 'check-0-result')).toMatchObject({ state: 'created', cpus: null, memoryBytes: null, startedAt: null });
  await settle();
  clock.pass(2_000);
  const second = valueOf(await live.next());
  expect(second.containers.find(({ role }) => role === 'work')?.cpus).toBeCloseTo(0.5, 5);
  expect(second.containers.find(({ role }) => role === 'work')?.writtenBytes).toBe(0);
  controller.abort();
  expect((await live.next()).done).toBe(true);
});

it('asks nothing without a listener, and the same with ten as with one', async () => {
  const { engine, clock, add, meter, calls } = await make();
  await engine.start(await add('work'));
  const before = calls();
  clock.pass(60_000);
  await settle();
  expect(calls()).toBe(before);
  const controller = new AbortController();
  const all = Array.from({ length: 10 }, () => meter.watch(controller.signal));
  await Promise.all(all.map((live) => live.next()));
  expect([calls('containers'), calls('measure')]).toEqual([1, 1]);
  await settle();
  clock.pass(2_000);
  await Promise.all(all.map((live) => live.next()));
  expect([calls('containers'), calls('measure')]).toEqual([2, 2]);
  controller.abort();
  await Promise.all(all.map((live) => live.next()));
  await settle();
  const after = calls();
  for (let time = 0; time < 10; time += 1) {
    clock.pass(2_000);
    await settle();
  }
  expect(calls()).toBe(after);
});

it('asks for what a container wrote every ten seconds at most, and once of an ended one', async () => {
  const { engine, clock, add, meter, calls } = await make();
  await engine.start(await add('work'));
  const controller = new AbortController();
  const live = meter.watch(controller.signal);
  for (let time = 0; time < 16; time += 1) {
    await live.next();
    await settle();
    clock.pass(2_000);
  }
  // At 0, 10, 20 and 30 s.
  expect(calls('writtenBytes')).toBe(4);
  await engine.stop('drydock-work-me', 0);
  for (let time = 0; time < 16; time += 1) {
    await live.next();
    await settle();
    clock.pass(2_000);
  }
  expect(calls('writtenBytes')).toBeLessThanOrEqual(6);
  controller.abort();
});

it('goes on without an engine, and over a call that fails', async () => {
  const { engine, clock, add, meter, goDown } = await make();
  await engine.start(await add('work'));
  const controller = new AbortController();
  const live = meter.watch(controller.signal);
  engine.faults.failAt('measure', 1, { kind: 'timedOut', call: 'measure', afterMs: 30_000 });
  expect(valueOf(await live.next()).containers).toMatchObject([{ role: 'work', memoryBytes: null }]);
  await settle();
  engine.faults.failAt('containers', 1, { kind: 'unavailable', message: 'gone' });
  clock.pass(2_000);
  expect(valueOf(await live.next()).containers).toEqual([]);
  await settle();
  goDown();
  clock.pass(2_000);
  expect(valueOf(await live.next())).toMatchObject({ containers: [], machine: null });
  controller.abort();
});

it('begins afresh for a listener that comes right after the last one went', async () => {
  const { clock, meter } = await make();
  const first = new AbortController();
  const before = meter.watch(first.signal);
  await before.next();
  first.abort();
  await before.next();
  const second = new AbortController();
  const after = meter.watch(second.signal);
  expect(valueOf(await after.next()).machine).not.toBeNull();
  await settle();
  clock.pass(2_000);
  expect((await after.next()).done).toBe(false);
  second.abort();
});

it('tells what was made ahead as such, until a run has given it its name', async () => {
  const { engine, clock, meter } = await make();
  const id = await engine.create(aheadWorkSpec({ warm: 'w1', owner: 'me', image: 'drydock/base:latest', environment: DEFAULT_ENVIRONMENT, workingDirectory: '' }));
  const controller = new AbortController();
  const live = meter.watch(controller.signal);
  const next = async () => valueOf(await live.next()).containers.map(({ role, runId }) => [role, runId]);
  expect(await next()).toEqual([['warm-work', null]]);
  await engine.rename(id, containerName('run_000000000001', 1, 'work'));
  await settle();
  clock.pass(2_000);
  expect(await next()).toEqual([['work', 'run_000000000001']]);
  controller.abort();
});
