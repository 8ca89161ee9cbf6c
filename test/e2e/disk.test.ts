import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BASE_IMAGE_LATEST } from '../../resources/engine/base-image-tag.mjs';
import type { Run } from '../../src-main/contract/run.ts';
import { newCommand, runEnd, runWhere, startDrydock, wholeLog, type TestDrydock } from '../support/drydock.ts';
import { repositoryAt } from '../support/repository.ts';
import { addSmallProject, type SmallProject } from '../support/small-project.ts';

const MIB = 2 ** 20;

describe('snapshots and what they take', () => {
  let test: TestDrydock;
  const projects: SmallProject[] = [];

  beforeAll(async () => {
    test = await startDrydock();
  });
  afterAll(async () => {
    await test.dispose();
    for (const project of projects) await project.remove();
  });

  /** A project whose setup writes so many MiB. */
  const projectOf = async (mebibytes: number): Promise<SmallProject> => {
    const small = await addSmallProject(test, { setup: `head -c ${mebibytes * MIB} /dev/urandom > /home/agent/filler` });
    projects.push(small);
    return small;
  };
  const ended = async (run: Promise<Run>): Promise<Run> => runEnd(test, (await run).id);
  const imagesOf = async (): Promise<string[]> => (await test.labelled()).images;

  it('keeps size, uses and age, evicts by the budget the one used longest ago, and never one that a result waits in', async () => {
    const { client } = test;
    const [first, second, third] = [await projectOf(8), await projectOf(9), await projectOf(10)];
    const one = await ended(first.script('echo a >> README.md'));
    const two = await ended(second.script('echo b >> README.md'));
    const three = await ended(third.script('echo c >> README.md'));
    expect([one, two, three].map(({ state }) => state)).toEqual([{ name: 'reviewable' }, { name: 'reviewable' }, { name: 'reviewable' }]);
    const kept = await client.fleet.snapshots({});
    expect(kept.map(({ uses, inUse, neededBy }) => ({ uses, inUse, neededBy }))).toEqual([1, 2, 3].map(() => ({ uses: 1, inUse: false, neededBy: 1 })));
    for (const [at, { sizeBytes }] of kept.toReversed().entries()) {
      expect(sizeBytes).toBeGreaterThan((8 + at) * MIB);
      expect(sizeBytes).toBeLessThan((10 + at) * MIB);
    }
    // Far too little: but every one is what a result is checked in.
    await client.service.changeSettings({ commandId: newCommand(), settings: { snapshotBudgetGib: 0.02 } });
    expect((await client.disk.report({})).steps).toEqual([]);
    expect((await client.disk.report({})).overBudgetBytes).toBeGreaterThan(6 * MIB);
    // The first and the third are decided; the first was used longer ago.
    for (const run of [one, three]) await client.briefs.move({ commandId: newCommand(), briefId: run.briefId, to: 'done', before: null, confirmed: true });
    const keyOf = (run: Run): string => run.turns[0]?.snapshot?.key ?? '';
    const { steps } = await client.disk.report({});
    expect(steps).toMatchObject([{ kind: 'snapshot', key: keyOf(one), because: 'overBudget', automatic: true }]);
    // By itself, after the next run has ended.
    const next = await ended(second.script('true'));
    expect(next.turns[0]?.snapshot?.reused).toBe(true);
    await expect.poll(async () => (await client.fleet.snapshots({})).map(({ key }) => key).toSorted(), { timeout: 20_000 }).toEqual([keyOf(two), keyOf(three)].toSorted());
    await expect.poll(imagesOf).toHaveLength(2);
    // It is set up again by the next run that needs it.
    const again = await ended(first.script('echo d >> README.md'));
    expect(again.state).toEqual({ name: 'reviewable' });
    expect(again.turns[0]?.snapshot?.reused).toBe(false);
  });

  it('resets one environment: its snapshots go, those of a run under way stay, and the next run sets up', async () => {
    const { client } = test;
    await client.service.changeSettings({ commandId: newCommand(), settings: { snapshotBudgetGib: 20 } });
    const small = await projectOf(1);
    await ended(small.script('true'));
    const going = await small.script('sleep 60');
    await runWhere(test, going.id, (run) => run.state.name === 'working' && run.state.container !== null);
    expect(await client.fleet.resetEnvironment({ commandId: newCommand(), projectId: small.project.id })).toEqual({ removed: 0, kept: 1 });
    await client.runs.cancel({ commandId: newCommand(), runId: going.id });
    await runEnd(test, going.id);
    const others = (await client.fleet.snapshots({})).filter(({ projectId }) => projectId !== small.project.id);
    const command = newCommand();
    expect(await client.fleet.resetEnvironment({ commandId: command, projectId: small.project.id })).toEqual({ removed: 1, kept: 0 });
    expect(await client.fleet.resetEnvironment({ commandId: command, projectId: small.project.id })).toEqual({ removed: 1, kept: 0 });
    expect(await client.fleet.snapshots({})).toEqual(others);
    expect((await imagesOf()).filter((image) => image.includes('snapshot'))).toHaveLength(others.length);
    expect((await ended(small.script('true'))).turns[0]?.snapshot?.reused).toBe(false);
  });

  it('checks a waiting result in the environment that was set up again from another base, not in what that base holds', async () => {
    const { client } = test;
    const small = await projectOf(1);
    const run = await ended(small.script('echo changed > README.md; echo new > NEW.md', { checks: [{ command: 'test ! -e OTHER.md && cat README.md' }] }));
    expect(run.turns[0]?.checks.find(({ side }) => side === 'result')?.exitCode).toBe(0);
    await client.fleet.resetEnvironment({ commandId: newCommand(), projectId: small.project.id });
    // Gone: said so, and what to do.
    await client.runs.setIncluded({ commandId: newCommand(), runId: run.id, paths: ['NEW.md'], included: false });
    await client.runs.checkSelection({ commandId: newCommand(), runId: run.id });
    const broken = await runEnd(test, run.id);
    expect(broken.turns[0]?.checkProblem).toMatchObject({ kind: 'fault', fault: { code: 'imageMissing' } });
    // Another base of the same environment is sealed under the same key.
    await writeFile(join(small.repository, 'OTHER.md'), 'other\n');
    const git = (...args: string[]) => execFileSync('git', ['-C', small.repository, '-c', 'user.name=a', '-c', 'user.email=a@b.test', ...args]);
    git('add', 'OTHER.md');
    git('commit', '-q', '-m', 'other');
    const other = await ended(small.script('true'));
    expect(other.turns[0]?.snapshot?.key).toBe(run.turns[0]?.snapshot?.key);
    expect(other.turns[0]?.snapshot?.tree).not.toBe(run.turns[0]?.snapshot?.tree);
    await client.runs.checkSelection({ commandId: newCommand(), runId: run.id });
    const mended = await runEnd(test, run.id);
    const checked = mended.turns[0]?.checks.filter(({ side }) => side === 'result').at(-1);
    expect(checked).toMatchObject({ exitCode: 0 });
  });
});

describe('logs and what they take', () => {
  let test: TestDrydock;
  let small: SmallProject;
  beforeEach(async () => {
    test = await startDrydock({ logCapBytes: 2 * MIB });
    small = await addSmallProject(test);
  });
  afterEach(async () => {
    await test.dispose();
    await small.remove();
  });
  const weigh = (run: Run): Promise<number> => test.drydock.core.deps.logs.weigh(run.id);

  it('bounds an endless log with a notice, and the run goes on to its result and its checks', async () => {
    const run = await runEnd(test, (await small.script('yes "a line that comes again and again" | head -c 60000000; echo last >> README.md', { checks: [{ command: 'echo the check speaks' }] })).id);
    expect(run.state).toEqual({ name: 'reviewable' });
    expect(run.turns[0]?.result?.files).toBe(1);
    // The sum is the log's last line, which may still be on its way when the run has ended.
    const ownLines = async (): Promise<string> => (await wholeLog(test, run.id, 'drydock')).toString();
    await expect.poll(ownLines, { timeout: 20_000 }).toMatch(/log cut: \d+ bytes of work left out/);
    const own = await ownLines();
    expect(own).toMatch(/log cut at \d+ bytes: what more comes from work is left out/);
    const [, leftOut = '0'] = /log cut: (\d+) bytes of work left out/.exec(own) ?? [];
    expect((await wholeLog(test, run.id, 'work')).length + Number(leftOut)).toBe(60_000_000);
    expect((await wholeLog(test, run.id, 'check:0:result')).toString()).toBe('the check speaks\n');
    expect((await wholeLog(test, run.id)).length).toBeLessThan(4 * MIB);
  });

  it('removes the logs of landed runs and removed briefs when their days are over, and of no other', async () => {
    const { client } = test;
    const noisy = 'head -c 200000 /dev/urandom | base64; date +%N >> README.md';
    const [landed, removed, waiting] = [await small.script(noisy), await small.script(noisy), await small.script(noisy)];
    for (const { id } of [landed, removed, waiting]) expect((await runEnd(test, id)).state).toEqual({ name: 'reviewable' });
    const preview = await client.runs.previewLanding({ runId: landed.id, target: { kind: 'branch', name: 'landed', onto: null } });
    await client.runs.land({ commandId: newCommand(), runId: landed.id, target: { kind: 'branch', name: 'landed', onto: null }, token: preview.token });
    await client.briefs.remove({ commandId: newCommand(), briefId: removed.briefId });
    expect((await client.disk.report({})).steps).toEqual([]);
    await client.service.changeSettings({ commandId: newCommand(), settings: { keepLogsDays: 0 } });
    const { steps, summary } = await client.disk.report({});
    expect(steps.map(({ id }) => id).toSorted()).toEqual([`log:${landed.id}`, `log:${removed.id}`].toSorted());
    expect(summary).toMatch(/^\d+ KiB: 1 log of a landed run, 1 log of a removed brief$/);
    const before = await weigh(waiting);
    const command = newCommand();
    // What was not in any plan is not removed because somebody names it.
    const asked = [...steps.map(({ id }) => id), `log:${waiting.id}`];
    const freed = await client.disk.free({ commandId: command, steps: asked });
    expect(freed).toMatchObject({ done: 2, left: 1 });
    expect(freed.freedBytes).toBeGreaterThan(200_000);
    expect(await client.disk.free({ commandId: command, steps: asked })).toEqual(freed);
    expect(await weigh(waiting)).toBe(before);
    expect(await weigh(landed)).toBeLessThan(20_000);
    expect((await wholeLog(test, landed.id)).toString()).toMatch(/^The log of this run, \d+ KiB, was removed to free space on \d{4}-\d\d-\d\d\.\n$/);
    // The result is still there to be read, and nothing is left to be planned.
    expect((await client.runs.changes({ runId: landed.id })).files).toHaveLength(1);
    expect((await client.disk.report({})).steps).toEqual([]);
  });
});

it('an image that an edit of the Dockerfile has replaced goes with all its names and frees what is its own; the new one and its snapshot stay', async () => {
  const test = await startDrydock();
  const { client } = test;
  const small = await addSmallProject(test);
  const repository = repositoryAt(small.repository);
  /** Commits a Dockerfile and approves it, then runs with it. */
  const runWith = async (lines: readonly string[]): Promise<Run> => {
    repository.write('Dockerfile', [`FROM ${BASE_IMAGE_LATEST}`, 'USER root', `RUN head -c ${3 * MIB} /dev/urandom > /shared`, ...lines, ''].join('\n'));
    repository.commit('An image');
    await small.setEnvironment({ dockerfile: null });
    await small.setEnvironment({ dockerfile: 'Dockerfile', setup: 'cat /own > /home/agent/set-up' });
    const run = await runEnd(test, (await small.script('test -s /home/agent/set-up && date +%N >> README.md')).id);
    expect(run.state).toEqual({ name: 'reviewable' });
    return run;
  };
  const engine = test.drydock.core.deps.engines.engine() ?? expect.fail('no engine');
  const images = async (): Promise<string[]> => (await test.labelled()).images.filter((reference) => reference.startsWith('drydock/image:'));
  const first = await runWith([`RUN head -c ${2 * MIB} /dev/urandom > /own`]);
  // The same but for a comment: what is set up is not set up again.
  const commented = await runWith(['# More of it', `RUN head -c ${2 * MIB} /dev/urandom > /own`]);
  expect(commented.turns[0]?.snapshot).toMatchObject({ key: first.turns[0]?.snapshot?.key, reused: true });
  const replaced = await images();
  expect(replaced).toHaveLength(2);
  const { id } = (await engine.image(replaced[0] ?? '')) ?? expect.fail('no image');
  const second = await runWith([`RUN head -c ${MIB} /dev/urandom > /own`]);
  expect(await images()).toHaveLength(3);
  // The snapshot of the old one is there, and what waits is checked in it. The engine would not remove it either.
  expect(await client.disk.report({})).toMatchObject({ steps: [], holds: { images: { count: 2 } } });
  await expect(engine.removeImage(id)).rejects.toThrow();
  for (const { briefId } of [first, commented]) await client.briefs.move({ commandId: newCommand(), briefId, to: 'done', before: null, confirmed: true });
  await client.fleet.removeSnapshot({ commandId: newCommand(), key: first.turns[0]?.snapshot?.key ?? '' });
  const { steps, summary, holds } = await client.disk.report({});
  expect(steps).toMatchObject([{ kind: 'image', id: `image:${id}`, projectId: small.project.id, because: 'replaced', automatic: false }]);
  expect(summary).toMatch(/^2\.0 MiB: 1 image of an older Dockerfile$/);
  expect(holds.images.bytes).toBe(6 * MIB);
  const freed = await client.disk.free({ commandId: newCommand(), steps: steps.map((step) => step.id) });
  expect(freed).toEqual({ freedBytes: 2 * MIB, done: 1, left: 0 });
  expect(await engine.image(id)).toBeNull();
  expect((await images()).filter((reference) => replaced.includes(reference))).toEqual([]);
  expect(await images()).toHaveLength(1);
  const again = await runEnd(test, (await small.script('test -s /home/agent/set-up')).id);
  expect(again.state).toEqual({ name: 'reviewable' });
  expect(again.turns[0]?.snapshot).toMatchObject({ key: second.turns[0]?.snapshot?.key, reused: true });
  // Without a Dockerfile nobody needs the last one, once its results are decided and what was set up on it is gone.
  await small.setEnvironment({ dockerfile: null });
  expect((await client.disk.report({})).steps).toEqual([]);
  for (const { briefId } of [second, again]) await client.briefs.remove({ commandId: newCommand(), briefId });
  await client.fleet.resetEnvironment({ commandId: newCommand(), projectId: small.project.id });
  expect((await client.disk.report({})).steps).toMatchObject([{ kind: 'image', because: 'unneeded' }]);
  await test.dispose();
  await small.remove();
});

it('an eviction that is cut off after it was recorded is finished by the next service; one before it has changed nothing', async () => {
  let fails = '';
  const faultPoint = (name: string): void => {
    if (name === fails) throw new Error(`cut off at ${name}`);
  };
  let test = await startDrydock({ faultPoint });
  const small = await addSmallProject(test, { setup: 'head -c 3000000 /dev/urandom > /home/agent/filler' });
  const run = await runEnd(test, (await small.script('true')).id);
  await test.client.briefs.move({ commandId: newCommand(), briefId: run.briefId, to: 'done', before: null, confirmed: true });
  // Another image of the run may still be on its way out.
  const sealed = async (): Promise<string[]> => (await test.labelled()).images.filter((image) => image.startsWith('drydock/snapshot'));
  const id = `snapshot:${run.turns[0]?.snapshot?.key}`;
  const free = () => test.client.disk.free({ commandId: newCommand(), steps: [id] });
  fails = 'before:store.commit';
  await expect(free()).rejects.toThrow();
  fails = '';
  expect(await test.client.fleet.snapshots({})).toHaveLength(1);
  expect(await sealed()).toHaveLength(1);
  fails = 'engine.removeImage.before';
  expect(await free()).toMatchObject({ done: 1 });
  expect(await test.client.fleet.snapshots({})).toEqual([]);
  expect(await sealed()).toHaveLength(1);
  const { dataDirectory } = test;
  await test.drydock.dispose();
  test = await startDrydock({ dataDirectory });
  await expect.poll(sealed, { timeout: 20_000 }).toEqual([]);
  expect(await test.client.fleet.snapshots({})).toEqual([]);
  await test.dispose();
  await small.remove();
});
