import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Run } from '../../src-main/contract/run.ts';
import { startService, type RunningService } from '../../src-main/start-service.ts';
import { containerName } from '../../src-main/domain/container-spec.ts';
import { runEnd, runWhere, startDrydock, wholeLog, type TestDrydock } from '../support/drydock.ts';
import { watchEngine, type EngineWatch } from '../support/engine-history.ts';
import { requireEngine } from '../support/engine.ts';
import { later } from '../support/later-clock.ts';
import { addSmallProject, type SmallProject } from '../support/small-project.ts';

const TEN_MINUTES = 10 * 60_000;
/** About 2 MB of every byte, in pieces, ending without a line break. */
const BINARY = 'node -e \'const all = Buffer.from(Array.from({ length: 256 }, (_, n) => n)); for (let n = 0; n < 8000; n++) process.stdout.write(all); process.stdout.write("no end of line")\'';

const wholeBinary = (): Buffer => Buffer.concat([...Array.from({ length: 8_000 }, () => Buffer.from(Array.from({ length: 256 }, (_, n) => n))), Buffer.from('no end of line')]);

describe('a run whose service goes away', () => {
  let dataDirectory: string;
  let test: TestDrydock;
  let small: SmallProject;
  let watch: EngineWatch;

  beforeEach(async () => {
    dataDirectory = await mkdtemp(join(tmpdir(), 'drydock-away-'));
    test = await startDrydock({ dataDirectory });
    watch = await watchEngine(test.drydock.core.deps.owner);
    small = await addSmallProject(test);
  });
  afterEach(async () => {
    watch.stop();
    await test.dispose();
    await small.remove();
  });

  const leave = async (run: Run, done: 'running' | 'ended'): Promise<void> => {
    const name = containerName(run.id, 1, 'work');
    await runWhere(test, run.id, (each) => each.state.name === 'working' && each.state.container !== null);
    await expect.poll(() => watch.starts()['work'], { timeout: 20_000 }).toBe(1);
    await test.drydock.dispose();
    const { engine } = await requireEngine();
    if (done === 'ended') await engine.wait(name);
    else expect((await engine.inspect(name))?.state).toBe('running');
  };

  it('ends meanwhile: the same turn, its exit status and every byte of its log, from one container', async () => {
    const launched = await small.script(`sleep 0.5; ${BINARY}; exit 3`);
    await leave(launched, 'ended');
    test = await startDrydock({ dataDirectory });
    const run = await runEnd(test, launched.id);
    expect(run.state).toEqual({ name: 'failed', phase: 'working', reason: { kind: 'commandFailed', exitCode: 3, outOfMemory: false } });
    expect(run.turns).toHaveLength(1);
    expect((await wholeLog(test, run.id, 'work')).equals(wholeBinary())).toBe(true);
    expect(watch.starts()['work']).toBe(1);
  });

  it('goes on while it is away and after: half the log by one service, half by the next', async () => {
    const launched = await small.script(`${BINARY}; sleep 2; echo; echo more >> README.md; ${BINARY}`);
    await expect.poll(async () => (await test.client.runs.log({ runId: launched.id, offset: 0 })).length, { timeout: 20_000 }).toBeGreaterThan(100_000);
    await leave(launched, 'running');
    test = await startDrydock({ dataDirectory });
    const run = await runEnd(test, launched.id);
    expect(run.state).toEqual({ name: 'reviewable' });
    expect((await wholeLog(test, run.id, 'work')).equals(Buffer.concat([wholeBinary(), Buffer.from('\n'), wholeBinary()]))).toBe(true);
    expect(watch.starts()['work']).toBe(1);
  });

  it('has ten minutes without a service counted as worked', async () => {
    const launched = await small.script('sleep 3; echo more >> README.md', { timeBudgetMinutes: 30 });
    await leave(launched, 'running');
    test = await startDrydock({ dataDirectory, clock: later(TEN_MINUTES, TEN_MINUTES) });
    const run = await runEnd(test, launched.id);
    expect(run.state).toEqual({ name: 'reviewable' });
    const { workedMs } = test.drydock.core.deps.store.progress(run.id) ?? expect.fail('no progress');
    expect(workedMs).toBeGreaterThanOrEqual(TEN_MINUTES);
    expect(workedMs).toBeLessThan(TEN_MINUTES + 60_000);
  });

  it('is stopped at once, with its partial result, when its budget ran out while nobody watched', async () => {
    const launched = await small.script('echo half >> README.md; sleep 300', { timeBudgetMinutes: 5 });
    await leave(launched, 'running');
    test = await startDrydock({ dataDirectory, clock: later(TEN_MINUTES, TEN_MINUTES) });
    const run = await runEnd(test, launched.id);
    expect(run.state).toEqual({ name: 'timedOut', phase: 'working' });
    expect(run.turns[0]?.result?.files).toBe(1);
  });

  it('is not charged for a night asleep with Drydock closed', async () => {
    const launched = await small.script('sleep 3; echo more >> README.md', { timeBudgetMinutes: 5 });
    await leave(launched, 'running');
    test = await startDrydock({ dataDirectory, clock: later(8 * 3_600_000, 0) });
    expect((await runEnd(test, launched.id)).state).toEqual({ name: 'reviewable' });
  });

  it('keeps what it did in its time when it ended by itself, late, while nobody watched', async () => {
    const launched = await small.script('sleep 1; echo more >> README.md', { timeBudgetMinutes: 5 });
    await leave(launched, 'ended');
    test = await startDrydock({ dataDirectory, clock: later(TEN_MINUTES, TEN_MINUTES) });
    expect((await runEnd(test, launched.id)).state).toEqual({ name: 'reviewable' });
  });
});

describe('two services on one data directory', () => {
  it('refuses the second by name, and the directory is free at once when the first is killed', async () => {
    const dataDirectory = await mkdtemp(join(tmpdir(), 'drydock-two-'));
    const first = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, '../support/serve-for-ever.ts'), dataDirectory], { stdio: ['ignore', 'pipe', 'inherit'] });
    let second: RunningService | null = null;
    try {
      await once(first.stdout, 'data');
      await expect(startService({ dataDirectory })).rejects.toMatchObject({
        fault: { code: 'dataHeld', message: expect.stringContaining(`process ${first.pid}`), next: expect.stringContaining('--data-dir'), detail: { pid: first.pid } },
      });
      first.kill('SIGKILL');
      await once(first, 'exit');
      second = await startService({ dataDirectory });
    } finally {
      first.kill('SIGKILL');
      await second?.dispose();
      await rm(dataDirectory, { recursive: true, force: true });
    }
  });
});
