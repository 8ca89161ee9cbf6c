import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runEnd, startDrydock, wholeLog, type TestDrydock } from '../support/drydock.ts';
import { addSmallProject, type SmallProject } from '../support/small-project.ts';

describe('how a command ends', () => {
  let test: TestDrydock;
  let small: SmallProject;
  beforeAll(async () => {
    test = await startDrydock();
    small = await addSmallProject(test, { limits: { cpus: 1, memoryBytes: 128 * 2 ** 20, processes: 128, writtenBytes: 2 ** 30 } });
  });
  afterAll(async () => {
    await test.dispose();
    await small.remove();
  });

  it('its time is up: timed out, with what it did until then', async () => {
    const run = await runEnd(test, (await small.script('echo half >> README.md; exec sleep 300', { timeBudgetMinutes: 0.05, checks: [{ command: 'true' }] })).id);
    expect(run.state).toEqual({ name: 'timedOut', phase: 'working' });
    expect(run.turns[0]).toMatchObject({ work: { timedOut: true }, result: { files: 1 }, checks: [] });
  });

  it('its time is up and it ignores the signal: killed after the grace', async () => {
    const run = await runEnd(test, (await small.script("trap '' TERM; echo deaf >> README.md; while :; do sleep 1; done", { timeBudgetMinutes: 0.05 })).id);
    expect(run.state).toEqual({ name: 'timedOut', phase: 'working' });
    expect(run.turns[0]).toMatchObject({ work: { timedOut: true, exitCode: 137 }, result: { files: 1 } });
  });

  it('with status 3: failed, with its result and its log', async () => {
    const run = await runEnd(test, (await small.script('echo said; echo changed >> README.md; exit 3')).id);
    expect(run.state).toEqual({ name: 'failed', phase: 'working', reason: { kind: 'commandFailed', exitCode: 3, outOfMemory: false } });
    expect((await test.client.runs.changes({ runId: run.id })).files.map((file) => file.path)).toEqual(['README.md']);
    expect((await wholeLog(test, run.id, 'work')).toString()).toBe('said\n');
  });

  it('out of memory: failed, saying so', async () => {
    const run = await runEnd(test, (await small.script("exec node -e 'const all = []; for (;;) all.push(Buffer.alloc(16 * 2 ** 20, 1))'")).id);
    expect(run.state).toMatchObject({ name: 'failed', phase: 'working', reason: { kind: 'commandFailed', outOfMemory: true } });
  });

  it('a check that hangs is timed out, and the evidence says failed', async () => {
    const run = await runEnd(test, (await small.script('echo x >> README.md', { checks: [{ command: 'exec sleep 300', timeoutSeconds: 1 }] })).id);
    expect(run.state).toEqual({ name: 'reviewable' });
    const [item] = (await test.client.runs.evidence({ runId: run.id })).items;
    expect(item?.result).toMatchObject({ timedOut: true, exitCode: null });
    // On the base it hangs as well, so that is not the result's doing.
    expect(item?.verdict).toBe('alreadyFailing');
    const onlyResult = await runEnd(test, (await small.script('echo x > hang', { checks: [{ command: 'test ! -f hang || exec sleep 300', timeoutSeconds: 1 }] })).id);
    expect((await test.client.runs.evidence({ runId: onlyResult.id })).items[0]?.verdict).toBe('failed');
  });
});
