import { PLAIN } from '../../../src-main/domain/container-spec.ts';
import { afterEach, expect, it } from 'vitest';
import { connectEngine } from '../../../src-main/adapters/docker/engine-connection.ts';
import type { EngineStatus } from '../../../src-main/contract/fleet.ts';
import type { ContainerEvent } from '../../../src-main/ports/container-engine.ts';
import type { EngineConnection } from '../../../src-main/ports/engine-connection.ts';
import { FakeEngine } from '../../support/fake-engine/fake-engine.ts';
import { fakePrograms, programs } from '../../conformance/container-engine.programs.ts';

/** A clock that goes on when it is told to; `pauses` are the waits that were asked for. */
const heldClock = () => {
  const pauses: number[] = [];
  let due: (() => void) | null = null;
  return {
    pauses,
    go: () => due?.(),
    clock: {
      now: () => 1_000,
      monotonic: () => 0,
      after: (ms: number, callback: () => void) => {
        pauses.push(ms);
        due = callback;
        return () => {
          if (due === callback) due = null;
        };
      },
    },
  };
};

let connection: EngineConnection | null = null;
afterEach(() => connection?.dispose());

const connect = (engine: FakeEngine) => {
  const held = heldClock();
  const machine = { running: true };
  const opened = connectEngine({
    clock: held.clock,
    label: 'drydock.data=here',
    find: async () =>
      machine.running
        ? { found: true, endpoint: { kind: 'socket', path: '/nowhere' }, source: 'fake' }
        : { found: false, tried: [{ source: 'fake', where: 'unix:///nowhere', problem: 'refused' }], nextStep: 'Start it.' },
    open: () => engine,
  });
  connection = opened;
  const reached = (state: EngineStatus['state']) => expect.poll(() => opened.status().state).toBe(state);
  return { opened, machine, held, reached };
};

it('tells that the engine is up, and passes on its events', async () => {
  const engine = new FakeEngine({ programs: fakePrograms });
  const { opened, reached } = connect(engine);
  expect(opened.status()).toEqual({ state: 'connecting' });
  expect(opened.engine()).toBeNull();
  await reached('up');
  const seen: ContainerEvent[] = [];
  opened.onEvent((event) => void seen.push(event));
  const spec = {
    name: 'one', image: 'drydock/base:latest', command: programs.quiet.shell, user: '1000', workingDirectory: '/', environment: {}, labels: { 'drydock.data': 'here' },
    network: 'none' as const, limits: { cpus: 1, memoryBytes: 1, processes: 1 }, ...PLAIN,
  };
  await opened.engine()?.create(spec);
  await opened.engine()?.start('one');
  await opened.engine()?.wait('one');
  expect(seen.map(({ kind }) => kind)).toEqual(['started', 'ended']);
});

it('notices the loss by the end of events, looks with growing pauses, and comes back', async () => {
  const engine = new FakeEngine();
  const { opened, machine, held, reached } = connect(engine);
  await reached('up');
  const states: EngineStatus[] = [];
  opened.onChange((status) => void states.push(status));
  machine.running = false;
  engine.goAway();
  expect(opened.status()).toMatchObject({ state: 'down', since: 1_000, fault: { code: 'engineUnavailable' } });
  expect(opened.engine()).toBeNull();
  for (const looks of [2, 3, 4, 5, 6, 7]) {
    held.go();
    await expect.poll(() => held.pauses.length).toBe(looks);
  }
  expect(held.pauses).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  expect(opened.status()).toMatchObject({ state: 'down', fault: { next: 'Start it.' } });
  machine.running = true;
  engine.comeBack();
  opened.reconnect();
  expect(held.pauses.at(-1)).toBe(0);
  held.go();
  await reached('up');
  expect(states.map(({ state }) => state)).toEqual(['down', 'down', 'up']);
});

it('goes down when calls get no answer although the connection stands', async () => {
  const engine = new FakeEngine();
  const { opened, reached } = connect(engine);
  await reached('up');
  engine.faults.hang();
  const call = opened.engine()?.inspect('one');
  await expect.poll(() => engine.faults.calls.at(-1)).toBe('inspect');
  engine.faults.timeOut();
  await expect(call).rejects.toMatchObject({ fault: { kind: 'timedOut' } });
  await expect.poll(() => engine.faults.calls.at(-1)).toBe('facts');
  engine.faults.timeOut();
  await reached('down');
});

it('stays up after one call that timed out while the engine answers', async () => {
  const engine = new FakeEngine();
  const { opened, reached } = connect(engine);
  await reached('up');
  engine.faults.failAt('inspect', 1, { kind: 'timedOut', call: 'inspect', afterMs: 1 });
  await expect(opened.engine()?.inspect('one')).rejects.toMatchObject({ fault: { kind: 'timedOut' } });
  await expect.poll(() => engine.faults.calls.at(-1)).toBe('facts');
  expect(opened.status().state).toBe('up');
});
