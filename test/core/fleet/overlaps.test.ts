import { beforeEach, describe, expect, test } from 'vitest';
import type { Brief } from '../../../src-main/contract/brief.ts';
import type { FleetChange } from '../../../src-main/contract/fleet.ts';
import type { RunId } from '../../../src-main/contract/ids.ts';
import type { Landing } from '../../../src-main/contract/landing.ts';
import type { Progress, Run } from '../../../src-main/contract/run.ts';
import { createOverlapWatch, type OverlapWatch } from '../../../src-main/core/fleet/overlaps.ts';
import type { Depot } from '../../../src-main/ports/depot.ts';
import type { Clock } from '../../../src-main/ports/surroundings.ts';
import { fakeStore } from '../../support/fake-store.ts';
import { handClock } from '../../support/hand-clock.ts';
import { sampleBrief, sampleBriefId, sampleProject, sampleProjectId, sampleRun, sampleRunId } from '../../support/sample-documents.ts';

const withScope = (number: number, inPlay: string[], facts: Partial<Brief> = {}): Brief => {
  const plain = sampleBrief(number);
  return { ...plain, text: { ...plain.text, scope: { ...plain.text.scope, inPlay } }, ...facts };
};
const reviewable = (number: number, brief: Brief, paths: string[]): Run => {
  const run = sampleRun(number, brief, { state: { name: 'reviewable' }, endedAt: 9_000 });
  const result = { outcome: 'done', commit: 'c'.repeat(40), tree: 'a'.repeat(40), files: 1, additions: 1, deletions: 0, findings: [], paths };
  return { ...run, turns: [{ ...run.turns[0]!, result }] } as unknown as Run;
};
const progress = (runId: RunId, paths: string[]): Progress => ({ runId, logLength: 0, logEnded: false, lastLine: '', workedMs: 0, touched: { files: paths.length, paths } });

describe('the watch over overlaps', () => {
  let store: ReturnType<typeof fakeStore>;
  let clock: ReturnType<typeof handClock>;
  let files: string[];
  let head: string;
  let listed: number;
  let isMissing: boolean;
  let asked: unknown[];
  let told: Extract<FleetChange, { kind: 'overlap' }>[];
  let watch: OverlapWatch;
  const touched = new Map<RunId, Progress>();

  const begin = (time: Clock = clock): void => {
    const depot = {
      missingFrom: async (_project: unknown, base: unknown, landings: readonly unknown[]) => {
        asked.push({ base, landings });
        return landings.map(() => isMissing);
      },
      resolve: async () => ({ commit: head, description: '', notes: [] }),
      baseFiles: async () => {
        listed += 1;
        return files;
      },
    } as unknown as Depot;
    watch = createOverlapWatch({ store, depot, clock: time }, (run) => touched.get(run) ?? progress(run, []), (changes) => told.push(...(changes as typeof told)));
    store.onCommit((change) => watch.committed(change));
  };
  /** Lets time pass, and everything that was started in it come to its end. */
  const settle = async (ms = 300): Promise<void> => {
    clock.pass(ms);
    for (let turn = 0; turn < 60; turn += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      clock.pass(0);
    }
  };
  const said = (): Record<number, string[]> =>
    Object.fromEntries(told.splice(0).map(({ id, overlaps }) => [Number(id.slice(-3)), overlaps.map(({ number, kind, paths }) => `${kind} #${number} ${paths.join()}`)]));

  beforeEach(() => {
    store = fakeStore();
    clock = handClock();
    files = ['api/a.ts', 'api/b.ts', 'web/a.ts'];
    head = 'a'.repeat(40);
    listed = 0;
    isMissing = true;
    asked = [];
    told = [];
    touched.clear();
    store.commit({ at: 1, events: [], projects: [sampleProject(1), sampleProject(2)] });
  });

  const commit = (change: Partial<Parameters<typeof store.commit>[0]>): void => store.commit({ at: 2, events: [], ...change });

  test('tells which briefs meet, once, and that they no longer do', async () => {
    begin();
    commit({ briefs: [withScope(1, ['api/**']), withScope(2, ['**/a.ts']), withScope(3, [])] });
    await settle(299);
    expect(said()).toEqual({});
    await settle(1);
    expect(said()).toEqual({ 1: ['scope #2 api/a.ts'], 2: ['scope #1 api/a.ts'] });
    expect(Object.keys(watch.current())).toEqual([sampleBriefId(1), sampleBriefId(2)]);
    commit({ briefs: [{ ...withScope(3, []), rank: 7 }] });
    await settle();
    expect(said()).toEqual({});
    commit({ briefs: [withScope(2, ['web'])] });
    await settle();
    expect(said()).toEqual({ 1: [], 2: [] });
    expect(watch.current()).toEqual({});
  });

  test('a brief that is done, removed, or of another project meets nobody', async () => {
    begin();
    const other = withScope(4, ['api'], { projectId: sampleProjectId(2) });
    commit({ briefs: [withScope(1, ['api']), withScope(2, ['api']), withScope(3, ['api']), other] });
    await settle();
    expect(Object.keys(said())).toEqual(['1', '2', '3']);
    commit({ briefs: [withScope(1, ['api'], { decision: 'closed' })] });
    await settle();
    expect(said()).toEqual({ 1: [], 2: ['scope #3 api/a.ts,api/b.ts'], 3: ['scope #2 api/a.ts,api/b.ts'] });
    commit({ removedBriefs: [sampleBriefId(2)] });
    await settle();
    expect(said()).toEqual({ 2: [], 3: [] });
  });

  test('what runs have changed counts for more, while they run and when they are finished', async () => {
    const one = withScope(1, ['api'], { currentRun: sampleRunId(1) });
    const two = withScope(2, ['api'], { currentRun: sampleRunId(2) });
    const running = sampleRun(2, two, { state: { name: 'working', container: 'c' } });
    commit({ briefs: [one, two], runs: [reviewable(1, one, ['api/a.ts', 'new.ts']), running] });
    begin();
    await settle();
    // The run that has ended will change nothing else of its scope.
    expect(said()[1]).toEqual(['scope #2 api/a.ts']);
    touched.set(sampleRunId(2), progress(sampleRunId(2), ['new.ts']));
    watch.progressed([touched.get(sampleRunId(2))!]);
    await settle();
    expect(said()).toEqual({ 1: ['files #2 new.ts'], 2: ['files #1 new.ts'] });
    watch.progressed([{ ...touched.get(sampleRunId(2))!, logLength: 5 }]);
    await settle();
    expect(said()).toEqual({});
    commit({ runs: [reviewable(2, two, ['other.ts'])] });
    await settle();
    expect(said()).toEqual({ 1: [], 2: [] });
  });

  test('what was landed on another branch is told until the base has it, the branch is gone or a month has passed', async () => {
    const one = withScope(1, ['api'], { currentRun: sampleRunId(1) });
    const two = withScope(2, ['api'], { currentRun: sampleRunId(2) });
    const ready = reviewable(1, one, ['api/a.ts', 'api/b.ts']);
    commit({ briefs: [one, two], runs: [ready, reviewable(2, two, ['api/a.ts'])] });
    begin();
    await settle();
    expect(said()).toEqual({ 1: ['files #2 api/a.ts'], 2: ['files #1 api/a.ts'] });
    const landing = { id: 'lnd_000000000001', runId: ready.id, target: { kind: 'branch', name: 'drydock/1', onto: null, message: '' }, tree: 'a'.repeat(40), token: 't', state: 'landed', at: 1 } as unknown as Landing;
    const run = { ...ready, excluded: ['api/b.ts'], landed: [{ landing: landing.id, how: 'branch drydock/1', commit: 'd'.repeat(40), at: clock.now() }] } as unknown as Run;
    commit({ landings: [landing], runs: [run], briefs: [{ ...one, decision: 'landed', changedAt: clock.now() }] });
    await settle();
    expect(said()[1]).toEqual([]);
    expect(asked).toEqual([{ base: { kind: 'head' }, landings: [expect.objectContaining({ branch: 'drydock/1', commit: 'd'.repeat(40), paths: ['api/a.ts'] })] }]);
    expect(watch.current()[sampleBriefId(2)]).toEqual([{ briefId: sampleBriefId(1), number: 1, kind: 'files', count: 1, paths: ['api/a.ts'], landedOn: 'drydock/1' }]);
    // Nobody tells when a branch is merged: it is looked at each minute.
    isMissing = false;
    await settle(60_000);
    await settle();
    expect(said()).toEqual({ 2: [] });
    isMissing = true;
    clock.pass(10_000);
    commit({ briefs: [{ ...two, rank: 9 }] });
    await settle();
    expect(watch.current()[sampleBriefId(2)]).toHaveLength(1);
    clock.leap(31 * 24 * 60 * 60_000);
    await settle();
    expect(watch.current()).toEqual({});
  });

  test('lists the files once for each place of HEAD', async () => {
    begin();
    commit({ briefs: [withScope(1, ['api/a.ts']), withScope(2, ['api/a.ts'])] });
    await settle();
    commit({ briefs: [withScope(3, ['web'])] });
    await settle(10_000);
    expect(listed).toBe(1);
    said();
    files = ['api/b.ts'];
    head = 'b'.repeat(40);
    commit({ briefs: [withScope(3, ['lib'])] });
    await settle(10_000);
    expect(listed).toBe(2);
    expect(said()).toEqual({ 1: [], 2: [] });
  });

  test('nothing is told once it is let go', async () => {
    begin();
    commit({ briefs: [withScope(1, ['api']), withScope(2, ['api'])] });
    watch.dispose();
    await settle();
    expect(told).toEqual([]);
  });

  test('five thousand briefs are looked at in slices of at most 20 ms', async () => {
    files = Array.from({ length: 5_000 }, (_, at) => `p${at % 100}/src/f${at}.ts`);
    commit({ briefs: Array.from({ length: 5_000 }, (_, at) => withScope(at + 1, [`p${at % 100}/**`, `p${(at * 7) % 100}/src/*${at % 10}.ts`])) });
    const slices: number[] = [];
    const waiting: (() => void)[] = [];
    const time: Clock = { now: () => 0, monotonic: () => performance.now(), after: (_ms, callback) => (waiting.push(callback), () => {}) };
    begin(time);
    for (let idle = 0; idle < 5; ) {
      const next = waiting.shift();
      const begun = process.threadCpuUsage().user;
      next?.();
      if (next !== undefined) slices.push((process.threadCpuUsage().user - begun) / 1_000);
      await new Promise((resolve) => setImmediate(resolve));
      idle = next === undefined && waiting.length === 0 ? idle + 1 : 0;
    }
    expect(told.length).toBe(1_000);
    // Time of this thread alone: what else the machine does meanwhile is not the watch's.
    expect(Math.max(...slices)).toBeLessThan(20);
    expect(slices.length).toBeGreaterThan(10);
  }, 60_000);
});
