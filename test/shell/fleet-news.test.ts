import { describe, expect, it } from 'vitest';
import type { Brief } from '../../src-main/contract/brief.ts';
import type { Pause } from '../../src-main/contract/fleet.ts';
import { projectId, treeId } from '../../src-main/contract/ids.ts';
import type { Run } from '../../src-main/contract/run.ts';
import { countsInWords, fleetCounts } from '../../src-main/shell/fleet-counts.ts';
import { newsBetween } from '../../src-main/shell/fleet-news.ts';
import { GATHER_MS, groupedNews, NewsGatherer, type Notice } from '../../src-main/shell/group-news.ts';
import { handClock } from '../support/hand-clock.ts';
import { sampleBrief, sampleProjectId, sampleRun, sampleRunId } from '../support/sample-documents.ts';

const brief = (number: number): Brief => ({ ...sampleBrief(number, `Goal ${number}\nand more`), currentRun: sampleRunId(number) });
const run = (number: number, state: Run['state']): Run => sampleRun(number, brief(number), { state });
const fleet = (runs: Run[], pauses: Pause[] = []) => ({ briefs: runs.map((each) => brief(Number(each.id.slice(-3)))), runs, pauses });
const working: Run['state'] = { name: 'working', container: null };
const failed: Run['state'] = { name: 'failed', phase: 'working', reason: { kind: 'commandFailed', exitCode: 3, outOfMemory: false } };

describe('the counts', () => {
  it('are of cards: what runs, what is ready, what went wrong', () => {
    const counts = fleetCounts(fleet([run(1, working), run(2, { name: 'reviewable' }), run(3, failed), run(4, { name: 'lost', phase: 'working' }), run(5, { name: 'queued' })]));
    expect(counts).toEqual({ running: 1, review: 1, failed: 2 });
    expect(countsInWords(counts)).toBe('1 running, 1 waiting for review, 2 failed');
    expect(countsInWords({ running: 0, review: 0, failed: 0 })).toBe('nothing is running');
  });
  it('leave out what is done', () => {
    expect(fleetCounts({ runs: [run(1, { name: 'reviewable' })], briefs: [{ ...brief(1), decision: 'landed' }] })).toEqual({ running: 0, review: 0, failed: 0 });
  });
});

describe('the news', () => {
  it('are the ends of runs that were seen under way', () => {
    const before = fleet([run(1, working), run(2, working), run(3, { name: 'collecting' }), run(4, working)]);
    const after = fleet([run(1, { name: 'reviewable' }), run(2, failed), run(3, { name: 'cancelled', phase: 'collecting' }), run(4, { name: 'collecting' })]);
    expect(newsBetween(before, after)).toEqual([
      { kind: 'ready', text: '#1 Goal 1', route: '#/brief/brf_000000000001/review?run=run_000000000001' },
      { kind: 'failed', text: '#2 Goal 2 — The command ended with status 3.', route: '#/brief/brf_000000000002/activity?run=run_000000000002' },
    ]);
    expect(newsBetween(after, after)).toEqual([]);
  });
  it('are not what had ended before, nor what was never seen', () => {
    expect(newsBetween(fleet([run(1, failed)]), fleet([run(1, { name: 'reviewable' }), run(2, { name: 'reviewable' })]))).toEqual([]);
  });
  it('are not checks of a selection', () => {
    const checked: Run['state'] = { name: 'checking', container: null, recheck: { tree: treeId.parse('a'.repeat(40)), before: { name: 'reviewable' }, endedAt: 1 } };
    expect(newsBetween(fleet([run(1, checked)]), fleet([run(1, { name: 'reviewable' })]))).toEqual([]);
  });
  it('are pauses, each once', () => {
    const pause: Pause = { projectId: projectId.parse(sampleProjectId(1)), since: 5, fault: { code: 'diskFull', message: 'The disk\nis full\u202e.', next: '' } };
    const news = newsBetween(fleet([]), fleet([], [pause]));
    expect(news).toEqual([{ kind: 'attention', text: 'The disk is full‹U+202E›.', route: '#/board?project=prj_000000000001' }]);
    expect(newsBetween(fleet([], [pause]), fleet([], [pause, { ...pause, projectId: null }]))).toHaveLength(1);
  });
  it('keep to one short line', () => {
    const long = { ...run(1, { name: 'reviewable' }), order: { ...run(1, working).order, text: { ...brief(1).text, goal: '😀'.repeat(500) } } };
    const [one] = newsBetween(fleet([run(1, working)]), fleet([long]));
    expect(Array.from(one?.text ?? '')).toHaveLength(140);
  });
});

describe('what is told at once', () => {
  const ready = (number: number) => ({ kind: 'ready' as const, text: `#${number}`, route: `#/brief/${number}` });
  const bad = { kind: 'failed' as const, text: '#9', route: '#/brief/9' };
  const pause = { kind: 'attention' as const, text: 'Full.', route: '#/board' };

  it('is the thing itself, or how many of each', () => {
    expect(groupedNews([])).toBeNull();
    expect(groupedNews([bad])).toEqual({ title: 'Failed', body: '#9', route: '#/brief/9' });
    expect(groupedNews([ready(1), ready(2), bad, ready(3), pause])).toEqual({ title: '3 ready for review, 1 failed, 1 needs your attention', body: '#1\n#2\n#9\nand 2 more', route: '#/review' });
    expect(groupedNews([pause, pause])).toMatchObject({ title: '2 need your attention', route: '#/board' });
  });

  it('is what happened within three seconds of the first', () => {
    const clock = handClock();
    const told: Notice[] = [];
    const gatherer = new NewsGatherer((ms, callback) => void clock.after(ms, callback), (notice) => told.push(notice));
    gatherer.add([]);
    gatherer.add([ready(1)]);
    clock.pass(GATHER_MS - 1);
    gatherer.add([ready(2)]);
    expect(told).toEqual([]);
    clock.pass(1);
    expect(told.map(({ title }) => title)).toEqual(['2 ready for review']);
    gatherer.add([bad]);
    clock.pass(GATHER_MS);
    expect(told.map(({ title }) => title)).toEqual(['2 ready for review', 'Failed']);
    clock.pass(60_000);
    expect(told).toHaveLength(2);
  });
});
