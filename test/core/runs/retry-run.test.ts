import { expect, it } from 'vitest';
import type { Deps } from '../../../src-main/core/deps.ts';
import { createOnce } from '../../../src-main/core/once.ts';
import { retryRun } from '../../../src-main/core/runs/retry-run.ts';
import { fakeStore } from '../../support/fake-store.ts';
import { handClock } from '../../support/hand-clock.ts';
import { sampleBrief, sampleBriefId, sampleCommandId, sampleProject, sampleRun, sampleRunId } from '../../support/sample-documents.ts';

it('runs again from another base, and the brief says what it said', async () => {
  const store = fakeStore();
  let made = 0;
  const deps = { store, clock: handClock(5_000), ids: { random: () => String((made += 1)).padStart(12, '0') } } as unknown as Deps;
  const brief = { ...sampleBrief(1), currentRun: sampleRunId(1) };
  store.commit({ at: 0, events: [], projects: [sampleProject(1)], briefs: [brief], runs: [sampleRun(1, brief, { state: { name: 'reviewable' }, endedAt: 1 })] });
  const base = { kind: 'branch' as const, name: 'release/2.x' };
  const run = await retryRun(deps, createOnce(deps), { commandId: sampleCommandId(1), runId: sampleRunId(1), base });
  expect(run.order.text).toEqual({ ...brief.text, runsWith: { ...brief.text.runsWith, base } });
  expect(store.brief(sampleBriefId(1))).toMatchObject({ currentRun: run.id, text: brief.text });
  store.commit({ at: 1, events: [], runs: [{ ...run, state: { name: 'cancelled', phase: 'queued' }, endedAt: 2 }] });
  const third = await retryRun(deps, createOnce(deps), { commandId: sampleCommandId(2), runId: run.id });
  expect(third.order.text).toEqual(brief.text);
});
