import { expect, it } from 'vitest';
import { PLAIN, type ContainerSpec } from '../../../src-main/domain/container-spec.ts';
import { ContainerAhead } from '../../../src-main/core/supervisor/ahead.ts';
import { FakeEngine } from '../../support/fake-engine/fake-engine.ts';

const spec: ContainerSpec = {
  ...PLAIN, name: 'work', image: 'drydock/base:latest', command: ['work'], user: '', workingDirectory: '', environment: {}, labels: { a: 'b' }, network: 'none', limits: { cpus: 1, memoryBytes: 2 ** 27, processes: 64 },
};

it('gives the container once, when exactly that one is wanted, and says whether the workspace is in it', async () => {
  const engine = new FakeEngine();
  const ahead = new ContainerAhead();
  expect(await ahead.take(spec)).toBeNull();
  ahead.make(engine, spec);
  expect(await ahead.take({ ...spec, command: ['else'] })).toBeNull();
  ahead.make(engine, spec);
  const bare = await ahead.take(spec);
  expect([bare?.isFilled, (await engine.inspect('work'))?.id]).toEqual([false, bare?.container]);
  ahead.make(engine, spec);
  const filled: string[] = [];
  ahead.fill(async (container) => void filled.push(container));
  const made = await ahead.take(spec);
  expect([made?.isFilled, made?.container]).toEqual([true, filled[0]]);
  expect(await ahead.take(spec)).toBeNull();
});

it('tells that the workspace could not be put into it to who needs it; that it could not be made, to nobody', async () => {
  const engine = new FakeEngine();
  const ahead = new ContainerAhead();
  ahead.make(engine, spec);
  ahead.fill(() => Promise.reject(new Error('no space')));
  await expect(ahead.take(spec)).rejects.toThrow('no space');
  ahead.make(engine, { ...spec, image: 'not/there:1' });
  ahead.fill(() => Promise.reject(new Error('is not called')));
  expect(await ahead.take({ ...spec, image: 'not/there:1' })).toBeNull();
});

it('lets go only when nothing is under way any more', async () => {
  const engine = new FakeEngine();
  const ahead = new ContainerAhead();
  const [begun, put] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let isOver = false;
  ahead.make(engine, spec);
  ahead.fill(() => {
    begun.resolve();
    return put.promise;
  });
  const gone = ahead.letGo().then(() => (isOver = true));
  await begun.promise;
  expect(isOver).toBe(false);
  put.resolve();
  await gone;
  expect(await ahead.take(spec)).toBeNull();
});
