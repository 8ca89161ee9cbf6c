import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunId } from '../../src-main/contract/ids.ts';
import type { Run } from '../../src-main/contract/run.ts';
import { newCommand, runEnd, runWhere, startDrydock, type TestDrydock } from '../support/drydock.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { addSmallProject, type SmallProject } from '../support/small-project.ts';

const TIMES = process.env['DRYDOCK_ALL_FAULTS'] === '1' ? 400 : 100;
const AT_ONCE = 4;
const SEED = 20_261_121;
/** What the product promises: cancelling ends within 15 s in any phase. */
const WITHIN_MS = 15_000;

/** Phases in which a run is cancelled; the work phase makes itself wait, so that each is met. */
const PHASES = ['queued', 'preparing', 'settingUp', 'sealing', 'working', 'collecting', 'checking'] as const;

describe('cancelling at any moment', () => {
  let test: TestDrydock;
  let small: SmallProject;
  /** Called at each fault point of any run: what moves the test on, instead of time. */
  const atPoint = new Set<() => void>();

  beforeAll(async () => {
    test = await startDrydock({
      faultPoint: () => {
        for (const each of [...atPoint]) each();
      },
    });
    await test.client.service.changeSettings({ commandId: newCommand(), settings: { slots: AT_ONCE } });
    small = await addSmallProject(test);
  });
  afterAll(async () => {
    await test.dispose();
    await small.remove();
  });

  /** Resolves after so many more fault points, of whatever run, or when the run has ended. */
  const points = async (count: number, run: RunId): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    let left = count;
    const step = (): void => {
      if (left <= 0) resolve();
      left -= 1;
    };
    atPoint.add(step);
    step();
    await Promise.race([promise, runEnd(test, run)]);
    atPoint.delete(step);
  };

  it(`ends ${TIMES} runs within 15 s each and leaves nothing at the engine`, async () => {
    const random = seededRandom(SEED);
    const phasesCancelled: Record<string, number> = {};
    const slow: string[] = [];
    const one = async (number: number): Promise<void> => {
      const phase = PHASES[number % PHASES.length] ?? 'queued';
      const extra = Math.floor(random() * 4);
      // A setup of its own each time it is to be met: otherwise there is a snapshot.
      const wantsSetup = phase === 'settingUp' || phase === 'sealing';
      await small.setEnvironment({ setup: wantsSetup ? `echo ${number} > /tmp/made` : '' });
      const launched = await small.script('echo change >> README.md; echo said', { checks: [{ command: 'echo checked; test -f README.md' }] });
      const reached = (run: Run): boolean => run.endedAt !== null || run.state.name === phase;
      await runWhere(test, launched.id, reached);
      await points(extra, launched.id);
      const asked = performance.now();
      const answer = await test.client.runs.cancel({ commandId: newCommand(), runId: launched.id }).catch(() => null);
      const ended = await runEnd(test, launched.id);
      if (performance.now() - asked > WITHIN_MS) slow.push(`${launched.id} in ${phase}`);
      // Refused only when it had ended; accepted, it ends cancelled and nothing else.
      expect(ended.state.name).toBe(answer === null ? 'reviewable' : 'cancelled');
      if (answer !== null && ended.state.name === 'cancelled') phasesCancelled[ended.state.phase] = (phasesCancelled[ended.state.phase] ?? 0) + 1;
      expect((await test.client.runs.cancel({ commandId: newCommand(), runId: launched.id }).catch((error: { data?: { code: string } }) => error.data?.code))).toBeTruthy();
    };
    let next = 0;
    const lane = async (): Promise<void> => {
      for (let number = next++; number < TIMES; number = next++) await one(number);
    };
    await Promise.all(Array.from({ length: AT_ONCE + 2 }, lane));
    expect(slow).toEqual([]);
    // The spread is part of the promise: most phases must have been met.
    expect(Object.keys(phasesCancelled).toSorted()).toEqual(expect.arrayContaining(['checking', 'collecting', 'preparing', 'queued', 'settingUp', 'working']));
    await expect.poll(async () => {
      const { containers, images } = await test.labelled();
      return { containers, images: images.filter((image) => !image.startsWith('drydock/snapshot:')) };
    }, { timeout: 15_000 }).toEqual({ containers: [], images: [] });
  }, 600_000);
});
