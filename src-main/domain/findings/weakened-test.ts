import type { Finding } from '../../contract/result.ts';
import { assertionsIn, isAssertion, type Assertion } from './assertions.ts';
import { addedLines, isThere, removedLines, type ChangedFile } from './changed-file.ts';
import { isCode, isSnapshot, isTestFile, testPart } from './test-files.ts';

const finding = (path: string, message: string, line?: number, alone?: Finding['alone']): Finding => ({
  kind: 'weakenedTest', path, message, ...(line === undefined ? {} : { line }), ...(alone === undefined ? {} : { alone }),
});

const assertions = (count: number): string => (count === 1 ? 'An assertion' : `${count} assertions`);

/** Assertions that one side has, without those that stand in another changed test file of the other side: they were moved. */
const withoutMoved = (own: readonly Assertion[], elsewhere: Map<string, number>): Assertion[] =>
  own.filter(({ text }) => {
    const left = elsewhere.get(text) ?? 0;
    if (left > 0) elsewhere.set(text, left - 1);
    return left === 0;
  });

interface Compared {
  readonly path: string;
  readonly removed: readonly Assertion[];
  readonly added: readonly Assertion[];
}

const pairsOf = ({ removed, added }: Compared): { pairs: [Assertion, Assertion][]; gone: Assertion[] } => {
  const meant = added.filter(({ strength }) => strength > 0);
  const bySubject = Map.groupBy(meant.toReversed(), ({ subject }) => subject);
  const pairs: [Assertion, Assertion][] = [];
  const unpaired: Assertion[] = [];
  for (const old of removed) {
    const now = bySubject.get(old.subject)?.pop();
    if (now === undefined) unpaired.push(old);
    else pairs.push([old, now]);
  }
  // As many others have come: rewritten, which review sees in the diff.
  return { pairs, gone: unpaired.slice(meant.length - pairs.length) };
};

const ofTestFile = (compared: Compared, isAlone: boolean): Finding[] => {
  const { path, added } = compared;
  const { pairs, gone } = pairsOf(compared);
  const empty = added.filter(({ strength }) => strength === 0);
  const loosened = pairs.filter(([old, now]) => now.strength < old.strength);
  const changed = isAlone ? pairs.filter(([old, now]) => now.strength === old.strength && now.text !== old.text) : [];
  return [
    ...(gone[0] === undefined ? [] : [finding(path, `${assertions(gone.length)} of ${path} ${gone.length === 1 ? 'was' : 'were'} taken out.`, gone[0].line, gone.length === 1 ? 'base' : undefined)]),
    ...loosened.map(([, now]) => finding(path, `An assertion of ${path} demands less than before.`, now.line, 'result')),
    ...empty.map(({ line }) => finding(path, `An assertion of ${path} holds whatever the code does.`, line, 'result')),
    ...(changed[0] === undefined ? [] : [finding(path, `What ${path} expects was changed, and no code that it tests.`, changed[0][1].line, changed.length === 1 ? 'result' : undefined)]),
  ];
};

const holdsTests = ({ text }: ChangedFile): boolean => text === null || text.before.split('\n').some((line) => isAssertion(line.trim()));

const counted = (lines: Iterable<Assertion>): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const { text } of lines) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
};

/** Tests that show less than before: deleted, with fewer or looser assertions, or made to expect what the code does. */
export const weakenedTestFindings = (files: readonly ChangedFile[]): Finding[] => {
  const tests = files.flatMap((file) => testPart(file) ?? []);
  const isAlone = files.every((file) => !isCode(file.change.path) || isTestFile(file.change.path));
  const compared = tests.map((file) => ({ file, path: file.change.path, removed: assertionsIn(removedLines(file)), added: assertionsIn(addedLines(file)) }));
  const allAdded = counted(compared.flatMap(({ added }) => added));
  const allRemoved = counted(compared.flatMap(({ removed }) => removed));
  return [
    ...compared.flatMap(({ file, path, removed, added }): Finding[] => {
      const own = { path, removed: withoutMoved(removed, allAdded), added: withoutMoved(added, allRemoved) };
      if (isThere(file)) return ofTestFile(own, isAlone);
      return holdsTests(file) && (file.text === null || own.removed.length > 0) ? [finding(path, `The test file ${path} was deleted.`)] : [];
    }),
    ...(isAlone ? files : []).flatMap((file): Finding[] =>
      isSnapshot(file.change.path) && file.change.kind === 'modified' ? [finding(file.change.path, `What ${file.change.path} expects was changed, and no code that it tests.`)] : [],
    ),
  ];
};
