import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Run } from '../../src-main/contract/run.ts';
import { containerName, type ContainerRole } from '../../src-main/domain/container-spec.ts';
import type { ContainerEngine } from '../../src-main/ports/container-engine.ts';
import { newCommand, runEnd, runWhere, startDrydock, type TestDrydock } from '../support/drydock.ts';
import { addSmallProject, type SmallProject } from '../support/small-project.ts';

describe('what a person removes from the engine', () => {
  let test: TestDrydock;
  let small: SmallProject;
  let engine: ContainerEngine;

  beforeAll(async () => {
    test = await startDrydock();
    small = await addSmallProject(test);
    engine = test.drydock.core.deps.engines.engine() ?? expect.fail('no engine');
  });
  afterAll(async () => {
    await test.dispose();
    await small.remove();
  });

  const removeOnceRunning = async (run: Run, role: ContainerRole): Promise<void> => {
    const name = containerName(run.id, 1, role);
    await expect.poll(async () => (await engine.inspect(name))?.state, { timeout: 20_000 }).toBe('running');
    await engine.remove(name);
  };

  it('a work container: the run is lost, its log is whole and ended, and a retry works', async () => {
    const launched = await small.script('echo begun; test -f /tmp/never || sleep 60');
    await removeOnceRunning(launched, 'work');
    const run = await runEnd(test, launched.id);
    expect(run.state).toEqual({ name: 'lost', phase: 'working' });
    await expect.poll(async () => (await test.client.runs.log({ runId: run.id, offset: 0 })).ended).toBe(true);
    const brief = await test.client.briefs.get({ briefId: run.briefId });
    await test.client.briefs.edit({ commandId: newCommand(), briefId: brief.id, text: { ...brief.text, runsWith: { ...brief.text.runsWith, command: 'echo again >> README.md' } } });
    const again = await test.client.runs.retry({ commandId: newCommand(), runId: run.id });
    expect((await runEnd(test, again.id)).state).toEqual({ name: 'reviewable' });
  });

  it('a check container: the run is lost, and the check has no false outcome', async () => {
    const launched = await small.script('echo x >> README.md', { checks: [{ command: 'sleep 20' }] });
    await removeOnceRunning(launched, 'check-0-result');
    const run = await runEnd(test, launched.id);
    expect(run.state).toEqual({ name: 'lost', phase: 'checking' });
    expect(run.turns[0]?.checks).toEqual([]);
  });

  it('a setup container: the run is lost, and the queue goes on', async () => {
    await small.setEnvironment({ setup: 'test -f /workspace/slow && sleep 60; echo 1; sleep 5' });
    const launched = await small.script('true');
    await removeOnceRunning(launched, 'setup');
    expect((await runEnd(test, launched.id)).state).toEqual({ name: 'lost', phase: 'settingUp' });
    await small.setEnvironment({ setup: '' });
    expect((await runEnd(test, (await small.script('true')).id)).state).toEqual({ name: 'reviewable' });
  });

  it('the snapshot of an environment: the next run sets it up again', async () => {
    await small.setEnvironment({ setup: 'echo set > /tmp/up' });
    const first = await runEnd(test, (await small.script('cat /tmp/up')).id);
    const image = first.turns[0]?.snapshot?.image ?? expect.fail('no snapshot');
    const reused = await runEnd(test, (await small.script('cat /tmp/up')).id);
    expect(reused.turns[0]?.snapshot).toMatchObject({ image, reused: true });
    // The run's own last container holds it for a moment.
    await expect.poll(async () => (await test.labelled()).containers).toEqual([]);
    await engine.removeImage(image);
    const again = await runEnd(test, (await small.script('cat /tmp/up')).id);
    expect([again.state, again.turns[0]?.snapshot]).toMatchObject([{ name: 'reviewable' }, { image, reused: false }]);
  });

  it('the snapshot while a run still needs it: that run says so, the queue is not paused', async () => {
    await small.setEnvironment({ setup: 'echo other > /tmp/up' });
    const launched = await small.script('sleep 1; echo y >> README.md', { checks: [{ command: 'true' }] });
    const working = await runWhere(test, launched.id, (run) => run.state.name === 'collecting');
    await test.drydock.core.deps.engines.engine()?.removeImage(working.turns[0]?.snapshot?.image ?? '').catch(() => {});
    const run = await runEnd(test, launched.id);
    if (run.state.name === 'failed') expect(run.state.reason).toMatchObject({ kind: 'fault', fault: { code: 'imageMissing', next: expect.stringContaining('Run again') } });
    else expect(run.state.name).toBe('reviewable');
    expect((await runEnd(test, (await small.script('true')).id)).state).toEqual({ name: 'reviewable' });
  });
});
