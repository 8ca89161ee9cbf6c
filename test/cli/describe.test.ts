import { expect, test } from 'vitest';
import { run as runSchema, type Run } from '../../src-main/contract/run.ts';
import { runInWords } from '../../src-main/cli/describe.ts';
import { sampleBrief, sampleRun } from '../support/sample-documents.ts';

const tree = 'a'.repeat(40);
const ready = (exitCode: number | null, files = 2): Run => {
  const plain = sampleRun(1, sampleBrief(1), { state: { name: 'reviewable' }, endedAt: 9 });
  const outcome = { check: 0, command: 'npm test', side: 'result', tree, expect: 'passes', exitCode, timedOut: false, startedAt: 1, durationMs: 1, log: { from: 0, to: 0 }, kept: [] };
  const result = { outcome: files === 0 ? 'noChanges' : 'done', commit: 'c'.repeat(40), tree, files, additions: 3, deletions: 1, findings: [], paths: [] };
  return runSchema.parse({
    ...plain,
    order: { ...plain.order, text: { ...plain.order.text, checks: [{ command: 'npm test' }] } },
    turns: [{ ...plain.turns[0], result, checks: exitCode === null ? [] : [outcome] }],
  });
};

test('a run that is ready says whether its checks failed', () => {
  expect(runInWords(ready(0))).toBe('Ready: 2 files, +3 −1');
  expect(runInWords(ready(1))).toBe('Ready, checks failed: 2 files, +3 −1');
  expect(runInWords(ready(127))).toBe('Ready, checks failed: 2 files, +3 −1');
  expect(runInWords(ready(null))).toBe('Ready: 2 files, +3 −1');
  expect(runInWords(ready(null, 0))).toBe('Ready: no changes');
});
