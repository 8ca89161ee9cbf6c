import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Run } from '../../src-main/contract/run.ts';
import { containerName, type ContainerRole } from '../../src-main/domain/container-spec.ts';
import { newCommand, runEnd, startDrydock, wholeLog, type TestDrydock } from '../support/drydock.ts';
import { requireEngine } from '../support/engine.ts';
import { addSmallProject, type SmallProject } from '../support/small-project.ts';

/** Each role also with a next attempt, which doubles the time. */
const ALL = process.env['DRYDOCK_ALL_FAULTS'] === '1';

describe('a container that is killed from outside just after its start', () => {
  let test: TestDrydock;
  let small: SmallProject;
  let socketPath: string;
  /** Whose container is killed next, once. */
  let victim: string | null = null;
  /** The kill came when it had done all it does: the next launch is for it. */
  let late = false;

  /** Past every program of the command line: some of these containers run for a moment only. */
  const killVictim = (point: string): void => {
    if (victim === null || point !== 'engine.start.after') return;
    const asked = request({ socketPath, method: 'POST', path: `/containers/${victim}/kill` }, (answer) => {
      answer.resume();
      // Otherwise another one was started.
      if (answer.statusCode === 204) victim = null;
      late = answer.statusCode === 409;
    });
    asked.on('error', () => {}).end();
  };

  beforeAll(async () => {
    const { endpoint } = await requireEngine();
    if (endpoint.kind !== 'socket') throw new Error('this test needs an engine on a local socket');
    socketPath = endpoint.path;
    test = await startDrydock({ faultPoint: killVictim });
    small = await addSmallProject(test);
    await test.client.secrets.set({ commandId: newCommand(), projectId: small.project.id, name: 'TOKEN', given: { kind: 'value', value: 'tok_5d2a-9Lx3/k' } });
  });
  afterAll(async () => {
    await test.dispose();
    await small.remove();
  });

  const internal = { kind: 'fault', fault: { code: 'internal', next: expect.stringMatching(/\S/) } };
  it.each<[ContainerRole, object]>([
    ['setup', { name: 'lost', phase: 'settingUp' }],
    ['scan', { name: 'failed', phase: 'sealing', reason: internal }],
    ['work', { name: 'failed', phase: 'working', reason: { kind: 'commandFailed', exitCode: 137 } }],
    ['collect-list', { name: 'failed', phase: 'collecting', reason: internal }],
    ['collect-write', { name: 'failed', phase: 'collecting', reason: internal }],
    ['check-0-result', { name: 'reviewable' }],
    ['check-0-base', { name: 'reviewable' }],
  ])('of %s: the run ends in a clear state, and leaves nothing', async (role, wanted) => {
    // A slow processor, so that what takes a moment is met.
    await small.setEnvironment({ setup: `echo ${role} > /tmp/made; sleep 0.5`, secrets: [{ name: 'TOKEN', file: null }], limits: { ...small.project.environment.limits, cpus: 0.25 } });
    const killedOnce = async (): Promise<Run> => {
      const launched = await small.script('echo more >> README.md; sleep 0.5', { checks: [{ command: 'sleep 0.5; test -f README.md' }] });
      [victim, late] = [containerName(launched.id, 1, role), false];
      const ended = await runEnd(test, launched.id);
      if (!late) return ended;
      expect(ended.state).toEqual({ name: 'reviewable' });
      return killedOnce();
    };
    const run = await killedOnce();
    expect([victim, run.turns.length]).toEqual([null, 1]);
    // A collector takes a moment: the kill may come when it has done its work and is about to end.
    if (role.startsWith('collect') && run.state.name === 'reviewable') expect(run.turns[0]?.result?.files).toBe(1);
    else expect(run.state).toMatchObject(wanted);
    await expect.poll(async () => (await test.labelled()).containers, { timeout: 15_000 }).toEqual([]);
    await expect.poll(async () => (await test.labelled()).images.filter((image) => !image.startsWith('drydock/snapshot:')), { timeout: 15_000 }).toEqual([]);
    // A check that was killed has not passed.
    if (role.startsWith('check')) expect(run.turns[0]?.checks.map(({ side, exitCode }) => [side, exitCode])).toContainEqual([role.slice('check-0-'.length), 137]);
    if (!ALL) return;
    const again = await runEnd(test, (await test.client.runs.retry({ commandId: newCommand(), runId: run.id })).id);
    expect([again.state, again.turns[0]?.checks.map(({ exitCode }) => exitCode)]).toEqual([{ name: 'reviewable' }, [0, 0]]);
    expect((await wholeLog(test, again.id)).toString()).not.toContain('tok_5d2a');
  });
});
