import { join } from 'node:path';
import { copyTree, type PatchedTree } from '../support/patched-tree.ts';
import { runVitest, type TestOutcome } from '../support/run-vitest.ts';
import { defences, type Defence } from './defences.ts';

/**
 * `npm run test:defences [WORD…]`: takes each defence out of a copy of the sources and demands that its tests notice, by an assertion that
 * does not hold. With words, only defences whose name, or the file of whose test, holds one of them.
 */
const root = join(import.meta.dirname, '../..');
const words = process.argv.slice(2);
const chosen = defences.filter(({ name, proof }) => words.length === 0 || words.some((word) => name.includes(word) || proof.file.includes(word)));
if (chosen.length === 0) throw new Error(`no defence has a name with ${words.join(' or ')}`);

const of = (tests: readonly TestOutcome[], { proof }: Defence): TestOutcome[] => tests.filter(({ file, name }) => file === proof.file && name.includes(proof.test));
/** The second is how `rejects` and `resolves` say it, the third how `poll` does. */
const byAssertion = ({ failures }: TestOutcome): boolean => failures.some((text) => /^(?:AssertionError\b|Error: promise (?:resolved|rejected) |Error: expected )/.test(text.trimStart()));
const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** What is wrong before anything is taken out; empty: every proof is there and green. */
const problemsBefore = async (tree: PatchedTree): Promise<string[]> => {
  const problems: string[] = [];
  for (const file of new Set(chosen.map(({ proof }) => proof.file))) {
    const here = chosen.filter(({ proof }) => proof.file === file);
    const { tests, broken, output } = await runVitest(tree.path, [file], [...new Set(here.map(({ proof }) => proof.test))]);
    problems.push(...broken);
    for (const defence of here) {
      const proving = of(tests, defence);
      if (!proving.some(({ status }) => status === 'passed')) problems.push(`${file} has no test that passes and is called “${defence.proof.test}”\n${output}`);
      problems.push(...proving.filter(({ status }) => status === 'failed').map(({ name, failures }) => `${file}: “${name}” fails with every defence on\n${failures.join('\n')}`));
    }
  }
  return problems;
};

interface Verdict {
  readonly isRed: boolean;
  /** What the test said, or what is wrong with how it failed. */
  readonly why: string;
}

const firstLine = (text: string): string => (text.trimStart().split('\n', 1)[0] ?? '').slice(0, 160);

const prove = async (tree: PatchedTree, defence: Defence): Promise<Verdict> => {
  const { tests, broken, output } = await tree.patched(defence.switchedOff, () => runVitest(tree.path, [defence.proof.file], [defence.proof.test]));
  const proving = of(tests, defence);
  const noticed = proving.find(byAssertion);
  if (noticed !== undefined) return { isRed: true, why: firstLine(noticed.failures.join('\n')) };
  const failed = proving.filter(({ status }) => status === 'failed');
  if (failed.length > 0) return { isRed: false, why: `failed, but not by an assertion:\n${failed.flatMap(({ failures }) => failures).join('\n')}` };
  if (broken.length > 0) return { isRed: false, why: `broke instead of failing:\n${broken.join('\n')}` };
  return { isRed: false, why: `stayed green\n${output.split('\n').slice(-12).join('\n')}` };
};

const tree = await copyTree(root);
try {
  say(`${chosen.length} defences; first their tests with everything on`);
  const problems = await problemsBefore(tree);
  if (problems.length > 0) {
    say(problems.join('\n'));
    process.exitCode = 1;
  } else {
    const width = Math.max(...chosen.map(({ name }) => name.length));
    let unproved = 0;
    for (const defence of chosen) {
      const began = performance.now();
      const { isRed, why } = await prove(tree, defence);
      if (!isRed) unproved += 1;
      say(`${isRed ? 'red  ' : 'GREEN'}  ${defence.name.padEnd(width)}  ${((performance.now() - began) / 1_000).toFixed(1).padStart(5)} s  ${defence.proof.file} “${defence.proof.test}”`);
      say(`       ${why}`);
    }
    say(`${chosen.length - unproved} of ${chosen.length} defences are proved: without them their tests fail.`);
    process.exitCode = unproved === 0 ? 0 : 1;
  }
} finally {
  await tree.remove();
}
