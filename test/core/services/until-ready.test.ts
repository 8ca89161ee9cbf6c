import { expect, it } from 'vitest';
import { PLAIN, type ContainerSpec } from '../../../src-main/domain/container-spec.ts';
import { untilReady } from '../../../src-main/core/services/until-ready.ts';
import { FakeEngine } from '../../support/fake-engine/fake-engine.ts';
import { handClock } from '../../support/hand-clock.ts';

const spec: ContainerSpec = {
  ...PLAIN, name: 'db', image: 'drydock/base:latest', command: ['serve'], user: '', workingDirectory: '', environment: {}, labels: { a: 'b' }, network: 'none', limits: { cpus: 1, memoryBytes: 2 ** 27, processes: 64 },
};

/** Lets what is under way come to where it waits for the clock. */
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
};

/** A started server whose health command is the given program; `pass` moves its clock by quarters of a second. */
const make = async (health: (tries: number, write: (text: string) => Promise<void>) => Promise<number>) => {
  const engine = new FakeEngine();
  const clock = handClock();
  const controller = new AbortController();
  const server = Promise.withResolvers<number>();
  let tries = 0;
  engine.program(([first]) => first === 'serve', () => server.promise);
  engine.program(([first]) => first === '/bin/sh', ({ write }) => health((tries += 1), (text) => write('stdout', Buffer.from(text))));
  const container = await engine.create(spec);
  await engine.start(container);
  return {
    controller,
    server,
    tries: () => tries,
    ready: (command = 'well', readyWithinSeconds = 2) => untilReady({ engine, clock, signal: controller.signal }, container, { health: command, readyWithinSeconds }),
    pass: async (ms: number) => {
      for (let passed = 0; passed < ms; passed += 250) {
        await settle();
        clock.pass(250);
      }
      await settle();
    },
  };
};

it('asks again until the answer is 0', async () => {
  const { ready, pass, tries } = await make(async (tried) => (tried < 4 ? 1 : 0));
  const answer = ready();
  await pass(1_000);
  expect(await answer).toEqual({ kind: 'ready' });
  expect(tries()).toBe(4);
});

it('is ready at once without a health command, while it runs', async () => {
  const running = await make(async () => 1);
  expect(await running.ready('')).toEqual({ kind: 'ready' });
  expect(running.tries()).toBe(0);
  running.server.resolve(3);
  await settle();
  expect(await running.ready('')).toMatchObject({ kind: 'ended', exit: { exitCode: 3 } });
});

it('is late when its time is over, with what the command said last', async () => {
  const { ready, pass } = await make(async (_, write) => {
    await write('no such table\n');
    return 2;
  });
  const answer = ready();
  await pass(2_500);
  expect(await answer).toEqual({ kind: 'late', why: 'its health command ended with 2: no such table' });
});

it('lets go of a health command that hangs, and keeps what was heard before', async () => {
  const hanging = await make(() => new Promise(() => {}));
  const answer = hanging.ready();
  await hanging.pass(2_500);
  expect(await answer).toEqual({ kind: 'late', why: 'its health command did not end' });
  const later = await make((tried) => (tried === 1 ? Promise.resolve(9) : new Promise(() => {})));
  const second = later.ready();
  await later.pass(2_500);
  expect(await second).toEqual({ kind: 'late', why: 'its health command ended with 9' });
});

it('ends with the server, and with the signal', async () => {
  const ended = await make(() => new Promise(() => {}));
  const answer = ended.ready();
  await settle();
  ended.server.resolve(5);
  expect(await answer).toMatchObject({ kind: 'ended', exit: { exitCode: 5 } });
  const cancelled = await make(async () => 1);
  const other = cancelled.ready();
  other.catch(() => {});
  await settle();
  cancelled.controller.abort(new Error('cancelled'));
  await expect(other).rejects.toThrow('cancelled');
});

it('does not believe an answer after the server has ended: another may have its port', async () => {
  const { ready, server } = await make(async () => {
    server.resolve(1);
    await settle();
    return 0;
  });
  expect(await ready()).toMatchObject({ kind: 'ended', exit: { exitCode: 1 } });
});
