import { expect, it } from 'vitest';
import type { Column } from '../../../src-main/contract/brief.ts';
import type { TreeId } from '../../../src-main/contract/ids.ts';
import { moveBrief } from '../../../src-main/core/briefs/move-brief.ts';
import type { Deps } from '../../../src-main/core/deps.ts';
import { createOnce } from '../../../src-main/core/once.ts';
import { fakeStore } from '../../support/fake-store.ts';
import { handClock } from '../../support/hand-clock.ts';
import { sampleBrief, sampleBriefId, sampleCommandId, sampleProject, sampleRun, sampleRunId } from '../../support/sample-documents.ts';

const boardWithResult = () => {
  const store = fakeStore();
  const deps = { store, clock: handClock(5_000), ids: { random: () => 'n'.repeat(12) } } as unknown as Deps;
  const brief = { ...sampleBrief(1), currentRun: sampleRunId(1) };
  store.commit({ at: 0, events: [], projects: [sampleProject(1)], briefs: [brief], runs: [sampleRun(1, brief, { state: { name: 'reviewable' } })] });
  const once = createOnce(deps);
  let commands = 0;
  const move = (to: Column) => moveBrief(deps, once, { commandId: sampleCommandId((commands += 1)), briefId: sampleBriefId(1), to, before: null, confirmed: false });
  return { store, deps, move };
};

it('a result that was closed goes back to wait for a decision', async () => {
  const { move, store } = boardWithResult();
  expect((await move('done')).decision).toBe('closed');
  expect(await move('review')).toMatchObject({ decision: null, currentRun: sampleRunId(1) });
  expect(store.brief(sampleBriefId(1))?.decision).toBeNull();
});

it('a result that was set aside does so too; a brief that never ran has nothing to go back to', async () => {
  const { move, deps } = boardWithResult();
  expect((await move('backlog')).currentRun).toBeNull();
  expect((await move('review')).currentRun).toBe(sampleRunId(1));
  deps.store.commit({ at: 1, events: [], briefs: [sampleBrief(2)] });
  const never = moveBrief(deps, createOnce(deps), { commandId: sampleCommandId(99), briefId: sampleBriefId(2), to: 'review', before: null, confirmed: false });
  await expect(never).rejects.toThrow('A card goes to Review by itself.');
});

it('what was landed does not go back: it is in the repository', async () => {
  const { move, store, deps } = boardWithResult();
  const brief = store.brief(sampleBriefId(1)) ?? expect.fail('no brief');
  deps.store.commit({ at: 1, events: [], briefs: [{ ...brief, decision: 'landed' }] });
  await expect(move('review')).rejects.toThrow('A card goes to Review by itself.');
});

it('what goes back counts the comments that its runs keep; what waits again does not', async () => {
  const { move, store, deps } = boardWithResult();
  const run = store.run(sampleRunId(1)) ?? expect.fail('no run');
  const comments = [{ id: 'cmt_000000000001', path: 'a', side: 'result', from: 1, to: 1, text: 'Why?', at: 1 }] as unknown as typeof run.comments;
  deps.store.commit({ at: 1, events: [], runs: [{ ...run, comments }] });
  expect((await move('backlog')).keptComments).toBe(1);
  expect((await move('review')).keptComments).toBeUndefined();
  await move('queued');
  expect(store.brief(sampleBriefId(1))?.keptComments).toBe(1);
});

const boardWithRecheck = () => {
  const board = boardWithResult();
  const run = board.store.run(sampleRunId(1)) ?? expect.fail('no run');
  board.store.commit({ at: 1, events: [], runs: [{ ...run, endedAt: null, state: { name: 'checking', container: 'c', recheck: { tree: '1'.repeat(40) as TreeId, before: { name: 'reviewable' }, endedAt: 9 } } }] });
  return board;
};

it('a result whose selection is checked again is in Review: it is set aside without a question, and the check ends', async () => {
  for (const to of ['backlog', 'done', 'queued'] as const) {
    const { move, store } = boardWithRecheck();
    await move(to);
    expect(store.run(sampleRunId(1))?.state).toMatchObject({ name: 'cancelling', recheck: { before: { name: 'reviewable' } } });
  }
});

it('a move within Review leaves the check alone', async () => {
  const { move, store } = boardWithRecheck();
  await move('review');
  expect(store.run(sampleRunId(1))?.state.name).toBe('checking');
});
