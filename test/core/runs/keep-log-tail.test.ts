import { expect, test } from 'vitest';
import { keepLogTail } from '../../../src-main/core/runs/keep-log-tail.ts';
import { fakeLogStore } from '../../support/fake-log-store.ts';
import { fakeStore } from '../../support/fake-store.ts';
import { sampleBrief, sampleProject, sampleRun, sampleRunId } from '../../support/sample-documents.ts';

test('a run is found by the last 64 KiB of its log, without escapes and what came before', async () => {
  const logs = fakeLogStore();
  const store = fakeStore();
  const brief = sampleBrief(1);
  store.commit({ at: 1, events: [], projects: [sampleProject(1)], briefs: [brief], runs: [sampleRun(1, brief)] });
  const log = await logs.open({ run: sampleRunId(1), turn: 1 });
  await log.append('work', 'stdout', Buffer.from(`ancient ${'.'.repeat(70_000)}`));
  await log.append('work', 'stderr', Buffer.from('\u001b[1mre\u001b[0mcent \xff\n'));
  await keepLogTail({ logs, store }, sampleRunId(1), 1, log.length);
  const found = async (text: string) => (await store.history({ limit: 10, text })).runs.map((run) => run.runId);
  expect(await found('recent')).toEqual([sampleRunId(1)]);
  expect(await found('ancient')).toEqual([]);
});
