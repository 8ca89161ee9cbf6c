import { execFile } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { networkPolicy } from '../../src-main/contract/network.ts';
import { containerName } from '../../src-main/domain/container-spec.ts';
import { startProgram } from '../support/child-program.ts';
import { runEnd, runWhere, startDrydock, wholeLog, type TestDrydock } from '../support/drydock.ts';
import { later } from '../support/later-clock.ts';
import { addSmallProject, type SmallProject } from '../support/small-project.ts';
import { startWorld, type World } from '../support/world.ts';

const exec = promisify(execFile);
const ALLOWED = networkPolicy.parse({ rules: [{ host: 'allowed.test' }] });
const TEN_MINUTES = 10 * 60_000;
/**
 * How long nobody is there. A relay keeps a connection for ten minutes of its own time, so that the long form really waits almost that long;
 * in the short form only the next service's clock has gone on. That the limit itself holds is tried with a shorter one in `relay.test.ts`.
 */
const AWAY_MS = process.env['DRYDOCK_ALL_FAULTS'] === '1' ? TEN_MINUTES - 45_000 : 1_500;

describe('a run with an allow-list whose network is disturbed', () => {
  let dataDirectory: string;
  let test: TestDrydock;
  let small: SmallProject;
  let world: World;

  beforeEach(async () => {
    dataDirectory = await mkdtemp(join(tmpdir(), 'drydock-network-'));
    world = await startWorld();
    test = await startDrydock({ dataDirectory, reach: world.reach });
    small = await addSmallProject(test, { network: ALLOWED });
  });
  afterEach(async () => {
    await test.dispose();
    await small.remove();
    world.close();
  });

  const asks = (command: string) => small.launch({ runsWith: { mode: 'script', command, internet: 'allowlist' } });
  const said = async (id: Parameters<typeof wholeLog>[1]): Promise<string> => (await wholeLog(test, id, 'work')).toString();

  it('waits while no service is there, and goes on with the next: the same turn, one result', async () => {
    const run = await asks('curl -fsS http://allowed.test/first; echo asked > made; while [ ! -e /tmp/never ] && [ "$n" != 8 ]; do n=$((n + 1)); sleep 0.5; done; curl -fsS --max-time 60 http://allowed.test/second; echo end');
    await expect.poll(() => said(run.id), { timeout: 30_000 }).toContain('the world says hello');
    await test.drydock.dispose();
    // The command comes to its second question while nobody is there to answer.
    await exec('docker', ['exec', containerName(run.id, 1, 'work'), 'sh', '-c', 'while ! pgrep -f second >/dev/null || pgrep sleep >/dev/null; do sleep 0.2; done']);
    expect(world.seen.map(({ url }) => url)).toEqual(['/first']);
    test = await startDrydock({ dataDirectory, reach: world.reach });
    const ended = await runEnd(test, run.id);
    expect([ended.state.name, ended.turns.length, ended.turns[0]?.result?.files]).toEqual(['reviewable', 1, 1]);
    expect(await said(run.id)).toBe('the world says hello\nthe world says hello\nend\n');
    expect(world.seen.map(({ url }) => url)).toEqual(['/first', '/second']);
    const [entry] = (await test.client.runs.network({ runId: run.id })).entries;
    expect(entry).toMatchObject({ host: 'allowed.test', refused: null });
    await expect.poll(async () => (await test.labelled()).containers, { timeout: 15_000 }).toEqual([]);
  });

  it('goes on ten minutes after its service was killed: the same turn, one result', { timeout: TEN_MINUTES + 120_000 }, async () => {
    await test.drydock.dispose();
    const command = 'curl -fsS http://allowed.test/first; echo asked > made; n=0; while [ ! -e /tmp/go ]; do sleep 0.2; done; curl -fsS --max-time 590 http://allowed.test/second; echo end';
    const killed = startProgram('killable-service.ts', dataDirectory, small.repository, '0', JSON.stringify({ runsWith: { mode: 'script', command, internet: 'allowlist' }, environment: { network: ALLOWED }, world: world.port }));
    await expect.poll(() => world.seen.map(({ url }) => url), { timeout: 60_000 }).toEqual(['/first']);
    killed.child.kill('SIGKILL');
    await killed.ended;
    const { stdout } = await exec('docker', ['ps', '--format', '{{.Names}}', '--filter', `label=drydock.data=${test.drydock.core.deps.owner}`, '--filter', 'label=drydock.phase=work']);
    const work = stdout.trim();
    await exec('docker', ['exec', work, 'touch', '/tmp/go']);
    await exec('docker', ['exec', work, 'sh', '-c', 'until pgrep -f allowed.test/second >/dev/null; do sleep 0.1; done']);
    await new Promise((resolve) => setTimeout(resolve, AWAY_MS));
    expect(world.seen.map(({ url }) => url)).toEqual(['/first']);
    test = await startDrydock({ dataDirectory, reach: world.reach, clock: later(TEN_MINUTES - AWAY_MS, TEN_MINUTES - AWAY_MS) });
    const { currentRun } = await test.client.briefs.find({ number: 1 });
    const run = await runEnd(test, currentRun!);
    expect([run.state, run.turns.length, run.turns[0]?.result?.files]).toEqual([{ name: 'reviewable' }, 1, 1]);
    expect(containerName(run.id, 1, 'work')).toBe(work);
    expect(await said(run.id)).toBe('the world says hello\nthe world says hello\nend\n');
    expect(world.seen.map(({ url }) => url)).toEqual(['/first', '/second']);
    expect(test.drydock.core.deps.store.progress(run.id)?.workedMs).toBeGreaterThanOrEqual(TEN_MINUTES - 1_000);
    await expect.poll(async () => (await test.labelled()).containers, { timeout: 15_000 }).toEqual([]);
  });

  it('fails, saying so, when its relay is gone', async () => {
    const run = await asks('curl -fsS http://allowed.test/first; sleep 600');
    await expect.poll(() => said(run.id), { timeout: 30_000 }).toContain('the world says hello');
    await exec('docker', ['kill', containerName(run.id, 1, 'relay')]);
    const ended = await runEnd(test, run.id);
    expect(ended.state).toMatchObject({ name: 'failed', phase: 'working', reason: { kind: 'fault', fault: { code: 'engineFailed', message: expect.stringContaining('network was lost') } } });
    await expect.poll(async () => (await test.labelled()).containers, { timeout: 15_000 }).toEqual([]);
  });

  it('leaves nothing behind when it is cancelled', async () => {
    const run = await asks('curl -fsS http://allowed.test/first; sleep 600');
    await runWhere(test, run.id, (each) => each.state.name === 'working' && each.state.container !== null);
    await test.client.runs.cancel({ commandId: `cmd_${'0'.repeat(12)}` as never, runId: run.id });
    expect((await runEnd(test, run.id)).state.name).toBe('cancelled');
    await expect.poll(async () => (await test.labelled()).containers, { timeout: 15_000 }).toEqual([]);
  });
});
