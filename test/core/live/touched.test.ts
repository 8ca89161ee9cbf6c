import { PLAIN } from '../../../src-main/domain/container-spec.ts';
import { expect, it } from 'vitest';
import { listTouched, readTouched } from '../../../src-main/core/live/look-into-container.ts';
import { watchTouched } from '../../../src-main/core/supervisor/touched-watch.ts';
import type { FakeProgram, FakeProcess } from '../../support/fake-engine/fake-program.ts';
import { FakeEngine } from '../../support/fake-engine/fake-engine.ts';
import { untilKilled } from '../../support/fake-engine/fake-program.ts';
import { handClock } from '../../support/hand-clock.ts';

/** A running container whose looks answer as the program says. */
const looking = async (answer: FakeProgram) => {
  const engine = new FakeEngine();
  engine.program((command) => command[0] === 'work', untilKilled);
  engine.program((command) => command[0] === '/bin/sh', answer);
  const container = await engine.create({
    name: 'work', image: 'drydock/base:latest', command: ['work'], user: '1000:1000', workingDirectory: '/', environment: {}, labels: {}, network: 'none',
    limits: { cpus: 1, memoryBytes: 2 ** 30, processes: 64 }, ...PLAIN,
  });
  await engine.start(container);
  return { engine, container, looks: () => engine.faults.calls.filter((call) => call === 'exec').length };
};

const says = (bytes: string | Buffer, exitCode = 0): FakeProgram => async ({ write }) => {
  await write('stdout', bytes);
  return exitCode;
};

const settle = async (): Promise<void> => {
  for (let time = 0; time < 20; time += 1) await new Promise((resolve) => setImmediate(resolve));
};

it('takes only what can be a file of the workspace, whatever the container answers', async () => {
  const records = ['1 fine', '12 a\nb', '3 ../up', '3 a/../../up', '3 /etc/passwd', '3 a//b', '3 ./a', 'x name', '-5 minus', '9999999999999999 huge', '4', '', '7 end', '5 cut'];
  const { engine, container } = await looking(says(records.join('\0')));
  const touched = await listTouched(engine, container);
  expect(touched).toEqual({ truncated: false, files: [{ raw: 'a\nb', path: 'a\nb', size: 12 }, { raw: 'end', path: 'end', size: 7 }, { raw: 'fine', path: 'fine', size: 1 }] });
});

it('lets go of an answer without an end', async () => {
  const endless: FakeProgram = async ({ write, killed }: FakeProcess) => {
    while (!killed.aborted) {
      await write('stdout', Buffer.from('1 a\0'.repeat(16_384)));
      await new Promise((resolve) => setImmediate(resolve));
    }
    return 137;
  };
  const { engine, container } = await looking(endless);
  const touched = await listTouched(engine, container);
  expect([touched?.truncated, touched?.files.length]).toEqual([true, 2 ** 18]);
  expect(await readTouched(engine, container, { raw: 'a', path: 'a', size: 5 })).toEqual({ bytes: null, size: 2 ** 20 + 1 });
  await engine.remove(container);
});

it('says that there is no find, and that a file is gone', async () => {
  const { engine, container } = await looking(() => 127);
  expect(await listTouched(engine, container)).toBeNull();
  expect(await readTouched(engine, container, { raw: 'a', path: 'a', size: 5 })).toBeNull();
});

it('looks first after three seconds, then seldom enough to cost a twentieth, and never after it was stopped', async () => {
  const clock = handClock();
  let costMs = 0;
  const { engine, container, looks } = await looking(async ({ write }) => {
    clock.leap(costMs);
    await write('stdout', ['1 a', '2 b', ''].join('\0'));
    return 0;
  });
  const seen: unknown[] = [];
  const stop = watchTouched({ engine, clock, container, onLook: (touched) => seen.push(touched) });
  const after = async (ms: number): Promise<number> => {
    clock.pass(ms);
    await settle();
    return looks();
  };
  expect([await after(2_999), await after(1), await after(2_999)]).toEqual([0, 1, 1]);
  costMs = 1_000;
  expect(await after(1)).toBe(2);
  costMs = 100_000;
  expect([await after(19_999), await after(1)]).toEqual([2, 3]);
  expect([await after(59_999), await after(1)]).toEqual([3, 4]);
  expect(seen[0]).toEqual({ files: 2, paths: ['a', 'b'] });
  stop();
  expect(await after(1_000_000)).toBe(4);
  expect(seen).toHaveLength(4);
});

it('goes on after a look that failed, gives up without find, and lets go of one under way when it is stopped', async () => {
  const clock = handClock();
  let answer: FakeProgram = says('1 a\0');
  const { engine, container, looks } = await looking((process) => answer(process));
  const seen: unknown[] = [];
  const stop = watchTouched({ engine, clock, container, onLook: (touched) => seen.push(touched) });
  engine.faults.failAt('exec', 1, { kind: 'unavailable', message: 'gone' });
  clock.pass(3_000);
  await settle();
  expect([looks(), seen.length]).toEqual([1, 0]);
  clock.pass(3_000);
  await settle();
  expect(seen).toHaveLength(1);
  answer = untilKilled;
  clock.pass(3_000);
  await settle();
  stop();
  await settle();
  expect([looks(), seen.length]).toEqual([3, 1]);

  answer = () => 127;
  const stopAgain = watchTouched({ engine, clock, container, onLook: (touched) => seen.push(touched) });
  for (let time = 0; time < 5; time += 1) {
    clock.pass(60_000);
    await settle();
  }
  expect([looks(), seen.length]).toEqual([4, 1]);
  stopAgain();
});
