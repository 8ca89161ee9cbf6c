import { expect, it } from 'vitest';
import { PLAIN, type ContainerSpec } from '../../../src-main/domain/container-spec.ts';
import { holdOutput } from '../../../src-main/core/supervisor/held-output.ts';
import { FakeEngine } from '../../support/fake-engine/fake-engine.ts';

const spec: ContainerSpec = {
  ...PLAIN, name: 'waits', image: 'drydock/base:latest', command: ['talk'], user: '', workingDirectory: '', environment: {}, labels: { a: 'b' }, network: 'none', limits: { cpus: 1, memoryBytes: 2 ** 27, processes: 64 },
};

/** A container whose program says two things, the second when it is let. */
const talking = async () => {
  const engine = new FakeEngine();
  const said = Promise.withResolvers<void>();
  engine.program(([first]) => first === 'talk', async ({ write }) => {
    said.resolve();
    await write('stdout', Buffer.from('before '));
    await write('stdout', Buffer.from('and after'));
    return 0;
  });
  const container = await engine.create(spec);
  return { engine, container, said: said.promise, held: await holdOutput(engine, container) };
};

it('keeps what a started container says until somebody takes it, from the first byte on', async () => {
  const { held, said } = await talking();
  await held.start();
  await said;
  let text = '';
  const output = held.take((_stream, bytes) => void (text += Buffer.from(bytes).toString()));
  await output.ended;
  expect(text).toBe('before and after');
});

it('starts the container once, however often it is asked to', async () => {
  const { engine, held } = await talking();
  const output = held.take(() => {});
  await Promise.all([held.start(), held.start()]);
  await output.ended;
  expect(engine.faults.calls.filter((call) => call === 'start')).toHaveLength(1);
});

it('lets a container go on that nobody takes the output of, more than once', async () => {
  const { engine, container, held, said } = await talking();
  await held.start();
  await said;
  await Promise.all([held.letGo(), held.letGo()]);
  expect(await engine.wait(container)).toMatchObject({ exitCode: 0 });
});
