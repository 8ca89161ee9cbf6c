import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { check } from '../../src-main/contract/brief.ts';
import type { TriedCheck } from '../../src-main/contract/live.ts';
import { trySpec } from '../../src-main/domain/try-spec.ts';
import { newCommand, runEnd, runWhere, startDrydock, type TestDrydock } from '../support/drydock.ts';
import { repositoryAt } from '../support/repository.ts';
import { addSmallProject, type SmallProject } from '../support/small-project.ts';

describe('a check tried on the base, and the snapshots it may start from', () => {
  let test: TestDrydock;
  let small: SmallProject;

  beforeAll(async () => {
    test = await startDrydock();
    small = await addSmallProject(test);
  });
  afterAll(async () => {
    await test.dispose();
    await small.remove();
  });

  const start = (command: string, more: { timeoutSeconds?: number; workingDirectory?: string; kind?: 'head' | 'workingTree' } = {}, signal?: AbortSignal) =>
    test.client.briefs.tryCheck(
      {
        projectId: small.project.id,
        base: { kind: more.kind ?? 'head' },
        workingDirectory: more.workingDirectory ?? '',
        check: check.parse({ command, ...(more.timeoutSeconds === undefined ? {} : { timeoutSeconds: more.timeoutSeconds }) }),
      },
      signal === undefined ? {} : { signal },
    );

  const tried = async (...of: Parameters<typeof start>): Promise<{ output: string; end: TriedCheck | null }> => {
    const pieces: Buffer[] = [];
    for await (const event of await start(...of)) {
      if (event.kind === 'end') return { output: Buffer.concat(pieces).toString(), end: event };
      pieces.push(Buffer.from(event.bytes, 'base64'));
    }
    return { output: Buffer.concat(pieces).toString(), end: null };
  };

  const refsOf = () => execFileSync('git', ['-C', join(test.dataDirectory, 'depots', `${small.project.id}.git`), 'for-each-ref', '--format=%(refname)', 'refs/drydock']).toString();

  it('tells its output and its end, and leaves nothing', async () => {
    repositoryAt(small.repository).write('only-here.txt', 'x\n');
    const script = 'echo out; echo err >&2; ls only-here.txt; pwd; id -u; ls /sys/class/net; exit 3';
    expect(await tried(script)).toMatchObject({ output: "out\nerr\nls: cannot access 'only-here.txt': No such file or directory\n/workspace\n1000\nlo\n", end: { exitCode: 3, timedOut: false } });
    expect((await tried('ls only-here.txt; echo mark >> README.md', { kind: 'workingTree' })).output).toBe('only-here.txt\n');
    expect((await tried('pwd; grep -c mark ../README.md', { workingDirectory: 'src' })).output).toBe('/workspace/src\n0\n');
    expect((await tried('head -c 3000000 /dev/zero')).output.length).toBe(3_000_000);
    const late = await tried('echo began; sleep 1000', { timeoutSeconds: 1 });
    expect(late).toMatchObject({ output: 'began\n', end: { exitCode: null, timedOut: true } });
    expect(await test.labelled()).toEqual({ containers: [], images: [] });
    expect(refsOf()).toBe('');
  });

  it('goes with its listener, early and late, and four at most are tried at once', async () => {
    const controllers = Array.from({ length: 4 }, () => new AbortController());
    const going = await Promise.all(controllers.map(async ({ signal }) => {
      const events = (await start('echo here; sleep 1000', {}, signal)) as AsyncIterator<TriedCheck>;
      expect(await events.next()).toMatchObject({ value: { kind: 'output' } });
      return events;
    }));
    await expect(tried('true')).rejects.toMatchObject({ data: { code: 'refusedByState' } });
    expect((await test.labelled()).containers).toHaveLength(4);
    for (const controller of controllers) controller.abort();
    await expect.poll(() => test.labelled(), { timeout: 8_000, interval: 100 }).toEqual({ containers: [], images: [] });
    await Promise.all(going.map((events) => events.next().catch(() => {})));
    for (const afterMs of [0, 20, 80, 200]) {
      const controller = new AbortController();
      const first = start('sleep 1000', {}, controller.signal).then((events) => (events as AsyncIterator<TriedCheck>).next());
      first.catch(() => {});
      await new Promise((resolve) => test.drydock.core.deps.clock.after(afterMs, () => resolve(null)));
      controller.abort();
      await first.catch(() => {});
    }
    await expect.poll(() => test.labelled(), { timeout: 8_000, interval: 100 }).toEqual({ containers: [], images: [] });
    expect((await tried('echo again')).output).toBe('again\n');
  });

  it('runs in the environment, once that was set up; its snapshot is listed, and goes when nothing uses it', async () => {
    await small.setEnvironment({ setup: 'echo made > ~/made-by-setup' });
    await expect(tried('cat ~/made-by-setup')).rejects.toMatchObject({ data: { code: 'refusedByState' } });
    expect(await test.client.fleet.snapshots({})).toEqual([]);
    const run = await small.script('sleep 1000');
    await runWhere(test, run.id, ({ state }) => state.name === 'working' && state.container !== null);
    expect(await tried('cat ~/made-by-setup')).toMatchObject({ output: 'made\n', end: { exitCode: 0 } });
    const [snapshot] = await test.client.fleet.snapshots({});
    expect(snapshot).toMatchObject({ projectId: small.project.id, uses: 2, inUse: true, sizeBytes: expect.any(Number), lastUsedAt: expect.any(Number) });
    const key = snapshot?.key ?? '';
    const commandId = newCommand();
    await expect(test.client.fleet.removeSnapshot({ commandId: newCommand(), key })).rejects.toMatchObject({ data: { code: 'refusedByState' } });
    await test.client.runs.cancel({ commandId: newCommand(), runId: run.id });
    await runEnd(test, run.id);
    await expect.poll(async () => (await test.labelled()).containers, { timeout: 10_000 }).toEqual([]);
    expect(await test.client.fleet.snapshots({})).toMatchObject([{ key, inUse: false }]);
    for (let time = 0; time < 2; time += 1) await test.client.fleet.removeSnapshot({ commandId, key });
    await test.client.fleet.removeSnapshot({ commandId: newCommand(), key });
    expect(await test.client.fleet.snapshots({})).toEqual([]);
    expect(await test.labelled()).toEqual({ containers: [], images: [] });
    await expect(tried('true')).rejects.toMatchObject({ data: { code: 'refusedByState' } });
  });

  it('that was left by a service that was killed goes with the next start', async () => {
    const { engines, owner, baseImage } = test.drydock.core.deps;
    const spec = trySpec({ name: `drydock-${owner}-try-left`, image: baseImage, owner, environment: small.project.environment, workingDirectory: '' }, 'sleep 1000');
    await engines.engine()?.create(spec);
    await engines.engine()?.start(spec.name);
    const { dataDirectory } = test;
    await test.drydock.dispose();
    test = await startDrydock({ dataDirectory });
    await expect.poll(async () => (await test.labelled()).containers, { timeout: 8_000, interval: 100 }).toEqual([]);
  });
});
