import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CommandId, RunId } from '../../src-main/contract/ids.ts';
import { briefText } from '../../src-main/contract/brief.ts';
import type { Brief } from '../../src-main/contract/brief.ts';
import { newCommand, runEnd, startDrydock, type TestDrydock } from '../support/drydock.ts';
import { addSmallProject, type SmallProject } from '../support/small-project.ts';

describe('a command that is sent more than once', () => {
  let test: TestDrydock;
  let small: SmallProject;
  let done: RunId;
  const text = (command: string) => briefText.parse({ runsWith: { mode: 'script', command } });

  beforeAll(async () => {
    test = await startDrydock();
    small = await addSmallProject(test);
    done = (await runEnd(test, (await small.script('echo x >> README.md; echo y > new.txt')).id)).id;
  });
  afterAll(async () => {
    await test.dispose();
    await small.remove();
  });

  /** Sends it twice at once and once more: three times the same answer, and what `effects` counts has grown by `grows`. */
  const thrice = async (send: (commandId: CommandId) => Promise<unknown>, effects: () => number | Promise<number>, grows: number): Promise<void> => {
    const commandId = newCommand();
    const before = await effects();
    const [one, two] = await Promise.all([send(commandId), send(commandId)]);
    expect(two).toEqual(one);
    expect(await send(commandId)).toEqual(one);
    expect((await effects()) - before).toBe(grows);
  };

  const briefs = (): number => test.drydock.core.deps.store.briefs().length;
  const runsOf = (brief: Brief) => async (): Promise<number> => (await test.client.runs.ofBrief({ briefId: brief.id })).length;
  const projects = async (): Promise<number> => (await test.client.projects.list({})).length;

  it('takes effect once, whichever it is', async () => {
    const { client } = test;
    const projectId = small.project.id;
    await thrice((commandId) => client.projects.addSample({ commandId }), projects, 1);
    await thrice((commandId) => client.projects.add({ commandId, path: small.repository }), projects, 0);
    await thrice((commandId) => client.projects.setEnvironment({ commandId, projectId, environment: { ...small.project.environment, setup: '' } }), projects, 0);
    await thrice((commandId) => client.service.changeSettings({ commandId, settings: { slots: 2 } }), projects, 0);
    await thrice((commandId) => client.briefs.create({ commandId, projectId, text: text('true') }), briefs, 1);
    const brief = await small.write(text('sleep 60'));
    await thrice((commandId) => client.briefs.edit({ commandId, briefId: brief.id, text: text('sleep 61') }), briefs, 0);
    await thrice((commandId) => client.briefs.launch({ commandId, briefId: brief.id }), runsOf(brief), 1);
    const [launched] = await client.runs.ofBrief({ briefId: brief.id });
    const runId = launched?.id ?? expect.fail('not launched');
    await thrice((commandId) => client.runs.cancel({ commandId, runId }), runsOf(brief), 0);
    await runEnd(test, runId);
    await thrice((commandId) => client.runs.retry({ commandId, runId }), runsOf(brief), 1);
    await thrice((commandId) => client.briefs.move({ commandId, briefId: brief.id, to: 'backlog', before: null, confirmed: true }), runsOf(brief), 0);
    await expect.poll(async () => (await client.runs.ofBrief({ briefId: brief.id })).every((run) => run.endedAt !== null), { timeout: 20_000 }).toBe(true);
    await thrice((commandId) => client.briefs.remove({ commandId, briefId: brief.id }), briefs, -1);
    await thrice((commandId) => client.runs.markSeen({ commandId, runId: done }), briefs, 0);
    await thrice((commandId) => client.runs.setIncluded({ commandId, runId: done, paths: ['new.txt'], included: false }), briefs, 0);
    await thrice((commandId) => client.runs.tryOut({ commandId, runId: done, into: null }), briefs, 0);
    const target = { kind: 'branch' as const, name: 'landed-once', onto: null, message: '' };
    const { token } = await client.runs.previewLanding({ runId: done, target });
    const landings = async (): Promise<number> => (await client.runs.get({ runId: done })).landed.length;
    await thrice((commandId) => client.runs.land({ commandId, runId: done, target, token }), landings, 1);
  });

  it('is refused when it is another command for the same thing at the same time: one brief has one run under way', async () => {
    const brief = await small.write(text('true'));
    const launches = await Promise.allSettled([1, 2, 3].map(() => test.client.briefs.launch({ commandId: newCommand(), briefId: brief.id })));
    expect(launches.filter((launch) => launch.status === 'fulfilled')).toHaveLength(1);
    const [run] = await test.client.runs.ofBrief({ briefId: brief.id });
    expect(await runsOf(brief)()).toBe(1);
    await runEnd(test, run?.id ?? expect.fail('no run'));
  });
});
