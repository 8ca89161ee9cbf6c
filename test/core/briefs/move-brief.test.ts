import { expect, it } from 'vitest';
import type { Column } from '../../../src-main/contract/brief.ts';
import { moveBrief } from '../../../src-main/core/briefs/move-brief.ts';
import type { Deps } from '../../../src-main/core/deps.ts';
import { createOnce } from '../../../src-main/core/once.ts';
import { fakeStore } from '../../support/fake-store.ts';
import { handClock } from '../../support/hand-clock.ts';
import { sampleBrief, sampleBriefId, sampleCommandId, sampleProject, sampleRun, sampleRunId } from '../../support/sample-documents.ts';

const boardWithResult = () => {
  const store = fakeStore();
  const deps = { store, clock: handClock(5_000) } as unknown as Deps;
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
