import type { NetworkEntry } from '../../src-main/contract/network.ts';
import type { SealReceipt } from '../../src-main/contract/secret.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { HistoryQuery } from '../../src-main/contract/endpoints.ts';
import { StoreFailure, type Change, type RunStore } from '../../src-main/ports/run-store.ts';
import {
  sampleBrief, sampleBriefId, sampleCommandId, sampleLanding, sampleLandingId, sampleProject, sampleProjectId, sampleRun, sampleRunId,
} from '../support/sample-documents.ts';

interface Subject {
  readonly store: RunStore;
  readonly dispose: () => Promise<void>;
}

const one = sampleBrief(1, 'Fix the parser of dates');
const two = sampleBrief(2, 'Paint the shed');
const nothing: Change = { at: 10, events: [] };
const seed: Change = { ...nothing, events: [{ subject: one.id, type: 'created', data: {} }], projects: [sampleProject(1)], briefs: [one, two] };

/** What every RunStore keeps to. */
export const runStoreSuite = (name: string, make: () => Subject | Promise<Subject>): void => {
  describe(`run store: ${name}`, () => {
    let subject: Subject;
    let store: RunStore;
    beforeEach(async () => {
      subject = await make();
      store = subject.store;
    });
    afterEach(() => subject.dispose());

    const ids = async (query: Partial<HistoryQuery>): Promise<string[]> =>
      (await store.history({ limit: 100, ...query })).runs.map((run) => run.runId);

    test('knows nothing at first', async () => {
      expect(store.projects()).toEqual([]);
      expect(store.brief(one.id)).toBeNull();
      expect(store.run(sampleRunId(1))).toBeNull();
      expect(store.setting('slots')).toBeUndefined();
      expect(store.receipt(sampleCommandId(1))).toBeNull();
      expect(store.snapshot('k')).toBeNull();
      expect(store.nextBriefNumber()).toBe(1);
      expect(await ids({})).toEqual([]);
    });

    test('gives back what was committed, and its later form', () => {
      store.commit(seed);
      expect(store.project(sampleProjectId(1))).toEqual(sampleProject(1));
      expect(store.brief(one.id)).toEqual(one);
      expect(store.briefByNumber(2)).toEqual(two);
      const changed = { ...one, decision: 'closed' as const, changedAt: 9_999 };
      store.commit({ ...nothing, briefs: [changed] });
      expect(store.brief(one.id)).toEqual(changed);
      expect(store.briefs().map((brief) => brief.decision)).toEqual(['closed', null]);
    });

    test('an answer is a picture: a later commit does not change it', () => {
      store.commit(seed);
      const before = store.brief(one.id);
      store.commit({ ...nothing, briefs: [{ ...one, rank: 77 }] });
      expect(before?.rank).toBe(1);
    });

    test('commits all of a change or nothing of it', () => {
      store.commit(seed);
      const orphan = sampleBrief(3, 'orphan', 9);
      const change: Change = { ...nothing, briefs: [{ ...one, rank: 50 }, orphan], settings: { slots: 3 } };
      expect(() => store.commit(change)).toThrow(StoreFailure);
      expect(store.brief(one.id)?.rank).toBe(1);
      expect(store.brief(orphan.id)).toBeNull();
      expect(store.setting('slots')).toBeUndefined();
      expect(store.nextBriefNumber()).toBe(3);
    });

    test('never gives a number out again', () => {
      store.commit(seed);
      expect(store.nextBriefNumber()).toBe(3);
      store.commit({ ...nothing, removedBriefs: [two.id] });
      expect(store.brief(two.id)).toBeNull();
      expect(store.nextBriefNumber()).toBe(3);
      expect(() => store.commit({ ...nothing, briefs: [{ ...sampleBrief(9), number: 1 }] })).toThrow(StoreFailure);
    });

    test('lists runs that have not ended, oldest first, in the order of their commit within a moment', () => {
      store.commit(seed);
      const runs = [3, 1, 2].map((number) => sampleRun(number, one, { queuedAt: number === 3 ? 100 : 200, attempt: number }));
      store.commit({ ...nothing, runs });
      expect(store.unendedRuns().map((run) => run.id)).toEqual([3, 1, 2].map(sampleRunId));
      store.commit({ ...nothing, runs: [{ ...runs[0]!, state: { name: 'cancelled', phase: 'queued' }, endedAt: 300 }] });
      expect(store.unendedRuns().map((run) => run.id)).toEqual([1, 2].map(sampleRunId));
      expect(store.runsOfBrief(one.id).map((run) => run.attempt)).toEqual([1, 2, 3]);
    });

    test('keeps the runs of a removed brief and of a removed project', async () => {
      store.commit({ ...seed, runs: [sampleRun(1, one, { endedAt: 5_000, state: { name: 'reviewable' } })] });
      store.commit({ ...nothing, removedBriefs: [one.id] });
      store.commit({ ...nothing, removedProjects: [sampleProjectId(1)] });
      expect(store.briefs()).toEqual([]);
      expect(store.brief(two.id)).toBeNull();
      expect(store.run(sampleRunId(1))?.briefId).toBe(sampleBriefId(1));
      expect((await store.history({ limit: 10 })).runs[0]?.number).toBe(1);
    });

    test('answers a repeated command with its receipt, once given', () => {
      const receipt = { command: sampleCommandId(1), answer: { id: 'x', list: [1, null] } };
      store.commit({ ...seed, receipt });
      expect(store.receipt(sampleCommandId(1))).toEqual({ answer: receipt.answer });
      expect(() => store.commit({ ...nothing, receipt })).toThrow(StoreFailure);
    });

    test('keeps settings, null among them', () => {
      store.commit({ ...nothing, settings: { slots: 4, theme: { dark: true } } });
      expect([store.setting('slots'), store.setting('theme')]).toEqual([4, { dark: true }]);
      store.commit({ ...nothing, settings: { slots: null } });
      expect(store.setting('slots')).toBeNull();
    });

    test('finds landings that were begun and not done', () => {
      const run = sampleRun(1, one);
      store.commit({ ...seed, runs: [run], landings: [sampleLanding(1, run), sampleLanding(2, run)] });
      store.commit({ ...nothing, landings: [sampleLanding(1, run, 'landed')] });
      expect(store.intendedLandings().map((landing) => landing.id)).toEqual([sampleLandingId(2)]);
      expect(store.landing(sampleLandingId(1))?.state).toBe('landed');
    });

    test('keeps progress of known runs beside the record', () => {
      store.commit({ ...seed, runs: [sampleRun(1, one)] });
      const progress = { runId: sampleRunId(1), logLength: 10, logEnded: false, lastLine: 'ok', workedMs: 5, touched: null };
      store.saveProgress([progress, { ...progress, runId: sampleRunId(2) }]);
      store.saveProgress([{ ...progress, logLength: 20 }]);
      expect(store.progress(sampleRunId(1))?.logLength).toBe(20);
      expect(store.progress(sampleRunId(2))).toBeNull();
    });

    test('keeps snapshots until they are removed', () => {
      const record = { key: 'k', image: 'drydock/snap:1', tree: 't', projectId: sampleProjectId(1), madeAt: 1, receipt: null, bytes: null };
      const receipt: SealReceipt = { at: 1, secrets: ['TOKEN'], forms: ['raw'], files: 2, bytes: 3, deleted: ['/home/agent/.npmrc'], found: [] };
      store.saveSnapshot(record);
      store.saveSnapshot({ ...record, image: 'drydock/snap:2', receipt });
      expect(store.snapshot('k')).toEqual({ ...record, image: 'drydock/snap:2', receipt });
      store.noteSnapshotBytes('k', 5_000_000_000);
      store.noteSnapshotBytes('gone', 1);
      expect(store.snapshot('k')?.bytes).toBe(5_000_000_000);
      store.removeSnapshot('k');
      expect(store.snapshot('k')).toBeNull();
    });

    test('keeps what a run asked of the network, one entry for each kind of attempt', () => {
      const entry: NetworkEntry = { at: 5, lastAt: 5, turn: 1, host: 'a.test', port: 443, method: null, path: null, refused: 'notAllowed', wouldNeed: null, count: 1, sentBytes: 0, receivedBytes: 0 };
      store.commit({ at: 1, events: [], projects: [sampleProject(1)], briefs: [sampleBrief(1)], runs: [sampleRun(1, sampleBrief(1))] });
      store.saveNetworkEntries(sampleRunId(1), [entry, { ...entry, host: 'b.test', at: 2 }]);
      store.saveNetworkEntries(sampleRunId(1), [{ ...entry, lastAt: 9, count: 4 }]);
      store.saveNetworkEntries(sampleRunId(2), [entry]);
      expect(store.networkEntries(sampleRunId(1)).map(({ host, count }) => [host, count])).toEqual([['b.test', 1], ['a.test', 4]]);
      expect(store.networkEntries(sampleRunId(2))).toEqual([]);
    });

    test('lists snapshots newest first, with their uses', () => {
      const record = { key: 'k', image: 'drydock/snap:1', tree: 't', projectId: sampleProjectId(1), madeAt: 1, receipt: null, bytes: null };
      store.saveSnapshot(record);
      store.saveSnapshot({ ...record, key: 'later', madeAt: 2 });
      store.countSnapshotUse('k', 5);
      store.countSnapshotUse('k', 7);
      store.countSnapshotUse('gone', 7);
      store.saveSnapshot(record);
      expect(store.snapshots()).toEqual([{ ...record, key: 'later', madeAt: 2, uses: 0, lastUsedAt: null }, { ...record, uses: 2, lastUsedAt: 7 }]);
      store.commit({ at: 8, events: [], removedSnapshots: ['k', 'gone'] });
      expect(store.snapshots().map(({ key }) => key)).toEqual(['later']);
    });

    test('tells listeners after the commit, until they stop', () => {
      const seen: (number | undefined)[] = [];
      const stop = store.onCommit((change) => seen.push(change.briefs?.length, store.briefs().length));
      store.commit(seed);
      stop();
      store.commit({ ...nothing, removedBriefs: [one.id] });
      expect(seen).toEqual([2, 2]);
    });

    test('pages through history without losing a run of a shared moment', async () => {
      store.commit(seed);
      const runs = [10, 20, 20, 20, 30, 40].map((queuedAt, index) => sampleRun(index + 1, one, { queuedAt, attempt: index + 1 }));
      for (const run of runs) store.commit({ ...nothing, runs: [run] });
      const seen: string[] = [];
      for (let before: number | undefined; ; ) {
        const page = await store.history({ limit: 3, ...(before === undefined ? {} : { before }) });
        if (page.runs.length === 0) break;
        seen.push(...page.runs.map((run) => run.runId));
        before = page.runs.at(-1)?.queuedAt;
      }
      expect(seen).toEqual([6, 5, 4, 3, 2, 1].map(sampleRunId));
    });

    test('filters history by project, state and words', async () => {
      const other = sampleBrief(3, 'Fix the other parser', 2);
      store.commit({ ...seed, projects: [sampleProject(1), sampleProject(2)], briefs: [one, two, other] });
      store.commit({
        ...nothing,
        runs: [sampleRun(1, one), sampleRun(2, two, { state: { name: 'reviewable' }, endedAt: 9_000 }), sampleRun(3, other)],
      });
      expect(await ids({ projectId: sampleProjectId(2) })).toEqual([sampleRunId(3)]);
      expect(await ids({ states: ['reviewable', 'failed'] })).toEqual([sampleRunId(2)]);
      expect(await ids({ text: 'PARS fix' })).toEqual([3, 1].map(sampleRunId));
      expect(await ids({ text: 'parser', projectId: sampleProjectId(1) })).toEqual([sampleRunId(1)]);
      expect(await ids({ text: 'nowhere "OR NEAR( *' })).toEqual([]);
      store.commit({ ...nothing, runs: [sampleRun(4, two)] });
      expect(await ids({ text: 'shed' })).toEqual([4, 2].map(sampleRunId));
    });

    test('tells what each run came to, and which were queued since a time', async () => {
      const made = { outcome: 'done' as const, commit: 'c'.repeat(40), tree: 'a'.repeat(40), files: 3, additions: 20, deletions: 4, findings: [], paths: [] };
      const plain = sampleRun(1, one, { queuedAt: 100 });
      const turns = [{ ...sampleRun(2, two).turns[0]!, result: made }] as unknown as typeof plain.turns;
      const landed = [{ landing: sampleLandingId(1), how: 'branch', commit: null, at: 300 }];
      store.commit({ ...seed, runs: [plain, sampleRun(2, two, { queuedAt: 200 })] });
      store.commit({ ...nothing, runs: [{ ...sampleRun(2, two, { queuedAt: 200, state: { name: 'reviewable' }, endedAt: 250 }), turns, landed }] });
      const { runs } = await store.history({ limit: 10 });
      expect(runs.map(({ files, additions, deletions, landed: isLanded, snippet }) => [files, additions, deletions, isLanded, snippet])).toEqual([
        [3, 20, 4, true, null],
        [0, 0, 0, false, null],
      ]);
      expect(await ids({ since: 200 })).toEqual([sampleRunId(2)]);
      expect(await ids({ since: 100, before: 200 })).toEqual([sampleRunId(1)]);
    });

    test('tells what was decided about each run, and of a landed one what was landed', async () => {
      const made = { outcome: 'done' as const, commit: 'c'.repeat(40), tree: 'a'.repeat(40), files: 3, additions: 20, deletions: 4, findings: [], paths: [] };
      const ready = (number: number, brief: typeof one, facts: object = {}) => {
        const plain = sampleRun(number, brief, { queuedAt: number, state: { name: 'reviewable' }, endedAt: 9_000 });
        return { ...plain, turns: [{ ...plain.turns[0]!, result: made }], ...facts } as unknown as typeof plain;
      };
      const landed = [{ landing: sampleLandingId(1), how: 'branch', commit: null, at: 300 }];
      const third = sampleBrief(3, 'Third');
      store.commit({ ...seed, briefs: [one, two, third] });
      store.commit({
        ...nothing,
        briefs: [{ ...one, currentRun: sampleRunId(2), decision: 'closed' }, { ...two, currentRun: sampleRunId(3), decision: 'landed' }, { ...third, currentRun: sampleRunId(4) }],
        runs: [ready(1, one), ready(2, one), ready(3, two, { landed, excluded: ['a'], leftOut: { a: { additions: 15, deletions: 4 } } }), ready(4, third), sampleRun(5, one, { queuedAt: 5, state: { name: 'cancelled', phase: 'working' } })],
      });
      const told = (await store.history({ limit: 10 })).runs.map(({ standing, files, additions, deletions }) => [standing, files, additions, deletions]);
      expect(told).toEqual([['cancelled', 0, 0, 0], ['reviewable', 3, 20, 4], ['landed', 2, 5, 0], ['closed', 3, 20, 4], ['sentBack', 3, 20, 4]]);
      expect(await ids({ standings: ['landed', 'closed'] })).toEqual([3, 2].map(sampleRunId));
      expect(await ids({ standings: ['reviewable'] })).toEqual([sampleRunId(4)]);
      store.commit({ ...nothing, removedBriefs: [one.id] });
      expect(await ids({ standings: ['sentBack'] })).toEqual([]);
      expect(await ids({ standings: ['reviewable'] })).toEqual([4, 2, 1].map(sampleRunId));
    });

    test('finds a run by everything that was written, remarked and said about it', async () => {
      const text = {
        ...one.text,
        context: 'mangrove', constraints: 'obsidian', criteria: ['periwinkle'], labels: ['quartz'], stopCondition: 'tamarind',
        runsWith: { ...one.text.runsWith, command: 'make lemonade' },
        checks: [{ command: 'npm run juniper', timeoutSeconds: 1, expect: 'passes' as const, keep: [] }],
      };
      const finding = { kind: 'note' as const, path: 'src/wisteria.ts', message: 'It grew a hibiscus.' };
      const plain = sampleRun(1, { ...one, text }, {
        endedAt: 9_000,
        state: { name: 'failed', phase: 'working', reason: { kind: 'fault', fault: { code: 'internal', message: 'The marigold wilted.', next: '' } } },
      });
      const result = { outcome: 'done', commit: 'c'.repeat(40), tree: 'a'.repeat(40), files: 1, additions: 1, deletions: 1, findings: [finding], paths: [] };
      const comments = [{ id: 'cmt_000000000001', path: 'a.ts', side: 'result', from: 1, to: 2, text: 'Why the chrysanthemum?', at: 1 }];
      const whole = { ...plain, turns: [{ ...plain.turns[0]!, result }], comments } as unknown as typeof plain;
      store.commit({ ...seed, runs: [whole, sampleRun(2, two)] });
      for (const word of ['dates', 'mangrove', 'obsidian', 'periwinkle', 'quartz', 'tamarind', 'lemonade', 'juniper', 'wisteria', 'hibiscus', 'marigold', 'chrysanthemum']) {
        const [found, ...others] = (await store.history({ limit: 10, text: word })).runs;
        expect([found?.runId, found?.snippet?.includes(word), others], word).toEqual([sampleRunId(1), true, []]);
      }
    });

    test('shows the place that holds most of the words, and one where they stand as they were typed before others', async () => {
      const [text, comment] = [{ ...one.text, goal: 'Wait for the answer', constraints: 'At most a minute of waiting' }, { id: 'cmt_000000000001', path: 'a.ts', side: 'result', from: 1, to: 2, text: 'Why wait a minute here?', at: 1 }];
      store.commit({ ...seed, runs: [{ ...sampleRun(1, { ...one, text }), comments: [comment] } as unknown as ReturnType<typeof sampleRun>] });
      const said = async (words: string) => (await store.history({ limit: 10, text: words })).runs[0]?.snippet;
      expect(await said('wait a minute')).toContain('Why wait a minute here?');
      expect(await said('wait answer')).toContain('Wait for the answer');
    });

    test('finds a run by the end of its log, and shows the place on one plain line', async () => {
      store.commit({ ...seed, runs: [sampleRun(1, one), sampleRun(2, two)] });
      expect(await ids({ text: 'kumquat' })).toEqual([]);
      store.saveLogTail(sampleRunId(1), `${'before it '.repeat(500)}\nError:\t\u0007\u202eno kumquat\u001b[31m in stock\n${'after it '.repeat(500)}`);
      store.saveLogTail(sampleRunId(9), 'kumquat');
      const { runs } = await store.history({ limit: 10, text: 'kumq stock' });
      expect(runs.map((run) => run.runId)).toEqual([sampleRunId(1)]);
      const snippet = runs[0]?.snippet ?? '';
      expect(snippet).toMatch(/^….*Error: no kumquat in stock after it .*…$/);
      expect(snippet.length).toBeLessThanOrEqual(160);
      store.saveLogTail(sampleRunId(1), 'plums');
      expect(await ids({ text: 'kumquat' })).toEqual([]);
      expect((await store.history({ limit: 10, text: 'plum' })).runs[0]?.snippet).toContain('plums');
    });
  });
};
