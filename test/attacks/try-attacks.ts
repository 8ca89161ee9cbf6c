import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runVitest, type TestOutcome } from '../support/run-vitest.ts';
import { areas } from './cases.ts';
import type { Proof } from './defences.ts';
import { securityDocument } from './security-table.ts';

/**
 * `npm run test:attacks`: every test that tries something, and at the end each case with what became of it. With `--write` nothing is tried: the
 * table goes into docs/security.md.
 */
const root = join(import.meta.dirname, '../..');
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const outcomeOf = (tests: readonly TestOutcome[], { file, test }: Proof): 'held' | 'FAILED' | 'skipped' | 'MISSING' => {
  const proving = tests.filter((each) => each.file === file && each.name.includes(test));
  if (proving.some(({ status }) => status === 'failed')) return 'FAILED';
  if (proving.some(({ status }) => status === 'passed')) return 'held';
  return proving.length > 0 ? 'skipped' : 'MISSING';
};

const tryAll = async (): Promise<boolean> => {
  const files = [...new Set(areas.flatMap(({ cases }) => cases.flatMap(({ proofs }) => proofs.map(({ file }) => file))))];
  // The folder as a whole: a test that no case names is tried too.
  const { tests, broken, output } = await runVitest(root, ['test/attacks/', ...files.filter((file) => !file.startsWith('test/attacks/'))]);
  const failed = tests.filter(({ status }) => status === 'failed');
  if (failed.length > 0 || broken.length > 0) say(output);
  const counts = { held: 0, FAILED: 0, skipped: 0, MISSING: 0 };
  for (const { title, cases } of areas) {
    say(`\n${title}`);
    for (const { tried, outcome, proofs } of cases) {
      const all = proofs.map((proof) => outcomeOf(tests, proof));
      const whole = (['FAILED', 'MISSING', 'skipped'] as const).find((each) => all.includes(each)) ?? 'held';
      counts[whole] += 1;
      say(`  ${whole.padEnd(8)}${tried}\n          ${outcome}`);
    }
  }
  say(`\n${counts.held} cases held, ${counts.FAILED} failed, ${counts.skipped} skipped, ${counts.MISSING} without their test; ${tests.filter(({ status }) => status === 'passed').length} tests passed, ${failed.length} failed`);
  return failed.length === 0 && broken.length === 0 && counts.FAILED + counts.MISSING === 0;
};

if (process.argv.includes('--write')) {
  const { path, wanted } = securityDocument();
  writeFileSync(path, wanted);
} else if (!(await tryAll())) process.exitCode = 1;
