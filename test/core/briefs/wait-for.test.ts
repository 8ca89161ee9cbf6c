import { expect, it } from 'vitest';
import { waitFor } from '../../../src-main/core/briefs/wait-for.ts';
import type { Run } from '../../../src-main/contract/run.ts';
import type { Deps } from '../../../src-main/core/deps.ts';
import { createOnce } from '../../../src-main/core/once.ts';
import { fakeStore } from '../../support/fake-store.ts';
import { handClock } from '../../support/hand-clock.ts';
import { sampleBrief, sampleBriefId, sampleCommandId, sampleProject, sampleRun, sampleRunId } from '../../support/sample-documents.ts';

const boardWith = (state: Run['state']) => {
  const store = fakeStore();
  const deps = { store, clock: handClock(5_000) } as unknown as Deps;
  const brief = { ...sampleBrief(1), currentRun: sampleRunId(1) };
  store.commit({ at: 0, events: [], projects: [sampleProject(1)], briefs: [brief], runs: [sampleRun(1, brief, { state })] });
  const wait = (after: number[]) => waitFor(deps, createOnce(deps), { commandId: sampleCommandId(1), briefId: sampleBriefId(1), after });
  return { store, brief, wait };
};

it('a queued brief waits for another with the same run, at the same place', async () => {
  const { store, brief, wait } = boardWith({ name: 'queued' });
  const before = store.run(sampleRunId(1)) ?? expect.fail('no run');
  expect(await wait([7])).toMatchObject({ currentRun: before.id, rank: brief.rank, text: { after: [7] } });
  const text = { ...before.order.text, after: [7] };
  expect(store.run(before.id)).toEqual({ ...before, order: { ...before.order, text } });
  expect(store.runsOfBrief(brief.id)).toHaveLength(1);
});

it('a run that has started goes on as it was launched; the next attempt waits', async () => {
  const { store, wait } = boardWith({ name: 'preparing' });
  expect((await wait([7])).text.after).toEqual([7]);
  expect(store.run(sampleRunId(1))?.order.text.after).toEqual([]);
});
