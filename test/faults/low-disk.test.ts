import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Run } from '../../src-main/contract/run.ts';
import { LABEL } from '../../src-main/domain/container-spec.ts';
import { newCommand, runEnd, runWhere, startDrydock, type TestDrydock } from '../support/drydock.ts';
import { handDisks, type HandDisks } from '../support/hand-disks.ts';
import { addSmallProject, type SmallProject } from '../support/small-project.ts';

const GIB = 2 ** 30;

describe('a disk that runs low', () => {
  let disks: HandDisks;
  let test: TestDrydock;
  let small: SmallProject;

  beforeEach(async () => {
    disks = handDisks();
    test = await startDrydock({ disks });
    await test.client.service.changeSettings({ commandId: newCommand(), settings: { freeSpaceGib: 5, slots: 3 } });
    small = await addSmallProject(test, { setup: 'head -c 3000000 /dev/urandom > /home/agent/filler' });
  });
  afterEach(async () => {
    await test.dispose();
    await small.remove();
  });

  /** The watch looks by itself every ten seconds: here when the test says so. */
  const have = async (freeBytes: number | null): Promise<void> => {
    disks.freeBytes = freeBytes;
    await test.drydock.core.disk.space.look();
  };
  const pauses = () => test.drydock.core.supervisor.view().pauses;
  const settled = () => new Promise((resolve) => setImmediate(resolve));

  it('holds the queue once, names what would free how much and how, lets runs go on, and goes on by itself', async () => {
    const first = await runEnd(test, (await small.script('echo a >> README.md')).id);
    await test.client.briefs.move({ commandId: newCommand(), briefId: first.briefId, to: 'done', before: null, confirmed: true });
    const going = await small.script('while [ ! -e /tmp/stop ]; do sleep 0.2; done; echo b >> README.md');
    await runWhere(test, going.id, (run) => run.state.name === 'working' && run.state.container !== null);
    await have(3 * GIB);
    const queued = [await small.script('true'), await small.script('true')];
    await expect.poll(pauses).toEqual([
      {
        projectId: null,
        since: expect.any(Number),
        // The snapshot is in use by the run that goes on, so it is not among what may go.
        fault: { code: 'diskFull', message: expect.stringMatching(/^Less than 5\.0 GiB is free at \/.*: the queue waits\.$/), next: expect.stringMatching(/holds nothing that may go.*by itself\.$/), detail: expect.anything() },
      },
    ]);
    // Launching is no way around it.
    expect(pauses()).toHaveLength(1);
    for (const { id } of queued) expect((await test.client.runs.get({ runId: id })).state.name).toBe('queued');
    expect(Object.values(test.drydock.core.supervisor.view().waiting).map(({ kind }) => kind)).toEqual(['paused', 'paused']);
    // What is under way ends as it would have.
    const engine = test.drydock.core.deps.engines.engine();
    const [container] = (await engine?.containers({ [LABEL.run]: going.id, [LABEL.phase]: 'work' })) ?? [];
    await engine?.exec(container?.id ?? '', { command: ['touch', '/tmp/stop'], user: '1000:1000', workingDirectory: '/', environment: {} }, () => {});
    expect((await runEnd(test, going.id)).state).toEqual({ name: 'reviewable' });
    await test.client.briefs.move({ commandId: newCommand(), briefId: going.briefId, to: 'done', before: null, confirmed: true });
    await have(3 * GIB);
    await expect.poll(() => pauses()[0]?.fault.next).toMatch(/^Fleet, or `drydock disk free`, can free 2\.9 MiB: 1 snapshot\. The queue goes on by itself\.$/);
    expect(pauses()[0]?.since).toBeGreaterThan(0);
    // Between the floors nothing is stopped; with space nothing waits.
    await have(5 * GIB);
    await settled();
    expect(pauses()).toEqual([]);
    for (const { id } of queued) expect((await runEnd(test, id)).state).toEqual({ name: 'reviewable' });
  });

  it('stops what has written most, and nothing else, below the harder floor', async () => {
    const writing = (mebibytes: number): Promise<Run> => small.script(`head -c ${mebibytes}M /dev/urandom > big; while [ ! -e /tmp/stop ]; do sleep 0.2; done`);
    const [little, much] = [await writing(2), await writing(40)];
    const engine = test.drydock.core.deps.engines.engine();
    const containerOf = async (run: Run): Promise<string> => {
      const now = await runWhere(test, run.id, (each) => each.state.name === 'working' && each.state.container !== null);
      return now.state.name === 'working' ? (now.state.container ?? '') : '';
    };
    const [ofLittle, ofMuch] = [await containerOf(little), await containerOf(much)];
    await expect.poll(async () => (await engine?.writtenBytes(ofMuch)) ?? 0, { timeout: 20_000 }).toBeGreaterThan(30e6);
    await expect.poll(async () => (await engine?.writtenBytes(ofLittle)) ?? 0, { timeout: 20_000 }).toBeGreaterThan(1e6);
    await have(0.5 * GIB);
    const stopped = await runEnd(test, much.id);
    expect(stopped.state).toMatchObject({
      name: 'failed', phase: 'working',
      reason: { kind: 'fault', fault: { code: 'diskFull', message: expect.stringMatching(/^Stopped: the disk of the engine's .* had only 512 MiB left at .*had written most, \d\d MiB\.$/), next: expect.stringMatching(/retry the run/) } },
    });
    expect((await test.client.runs.get({ runId: little.id })).state.name).toBe('working');
    // One cause is one message.
    expect(pauses()).toHaveLength(1);
    await have(20 * GIB);
    await settled();
    expect(pauses()).toEqual([]);
    const again = await test.client.runs.retry({ commandId: newCommand(), runId: much.id });
    await runWhere(test, again.id, (run) => run.state.name === 'working');
    for (const id of [little.id, again.id]) await test.client.runs.cancel({ commandId: newCommand(), runId: id });
  });

  it('stops a setup that writes most in the same way', async () => {
    await small.setEnvironment({ setup: 'head -c 30M /dev/urandom > /home/agent/big; sleep 600' });
    const run = await small.script('true');
    await runWhere(test, run.id, (each) => each.state.name === 'settingUp');
    const engine = test.drydock.core.deps.engines.engine();
    const written = async (): Promise<number> => {
      const [container] = (await engine?.containers({ [LABEL.run]: run.id, [LABEL.phase]: 'setup' })) ?? [];
      return container?.state === 'running' ? ((await engine?.writtenBytes(container.id)) ?? 0) : 0;
    };
    await expect.poll(written, { timeout: 20_000 }).toBeGreaterThan(25e6);
    await have(0.5 * GIB);
    expect((await runEnd(test, run.id)).state).toMatchObject({ name: 'failed', phase: 'settingUp', reason: { fault: { code: 'diskFull' } } });
    expect(await test.client.fleet.snapshots({})).toEqual([]);
  });

  it('is known from the start: nothing begins on a disk that is low already', async () => {
    await have(1.5 * GIB);
    const run = await small.script('true');
    const { dataDirectory } = test;
    await test.drydock.dispose();
    test = await startDrydock({ disks, dataDirectory });
    expect((await test.client.runs.get({ runId: run.id })).state.name).toBe('queued');
    expect(pauses()).toHaveLength(1);
    await have(null);
    expect((await runEnd(test, run.id)).state).toEqual({ name: 'reviewable' });
  });
});
