import type { Finding } from '../../contract/result.ts';
import { addedLines, isComment, type ChangedFile } from './changed-file.ts';
import { isTestFile, testPart } from './test-files.ts';

interface Sign {
  readonly files: RegExp;
  readonly pattern: RegExp;
}

const SCRIPT = /\.(?:[cm]?[jt]sx?|vue|svelte)$/;

/** What keeps a test from running, as the runners' own documentation names it. */
const SKIPS: readonly Sign[] = [
  { files: SCRIPT, pattern: /(?:^|[^\w.'"`])(?:describe|it|test|suite|context|specify|bench|Deno\.test)(?:\.\w+)*\.(?:skip|todo|fixme|ignore|skipIf|runIf|failing|fails)\b/ },
  { files: SCRIPT, pattern: /(?:^|[^\w.'"`])(?:xit|xdescribe|xtest|xcontext|xspecify)\s*(?:\.\w+\s*)?[(`]/ },
  { files: SCRIPT, pattern: /(?:^|[^\w.])(?:this|t|ctx|context)\.skip\(|[{,]\s*(?:skip|todo|ignore):\s*(?:true|['"`])/ },
  { files: /\.py$/, pattern: /pytest\.mark\.(?:skip|skipif|xfail)\b|(?:^|[^\w.])pytest\.(?:skip|xfail|importorskip)\(|unittest\.(?:skip|skipIf|skipUnless|expectedFailure)\b|^@(?:skip|skipIf|skipUnless|expectedFailure)\b|\.skipTest\(|^raise\s+(?:unittest\.)?SkipTest\b/ },
  { files: /\.(?:java|kts?|groovy|scala)$/, pattern: /^@(?:Ignore|Disabled\w*)\b/ },
  { files: /\.go$/, pattern: /(?:^|[^\w.])[tb]\.(?:Skip|Skipf|SkipNow)\(/ },
  { files: /\.rs$/, pattern: /^#\[(?:ignore\b|cfg_attr\(.*\bignore\b)/ },
  { files: /\.rb$/, pattern: /^(?:xit|xdescribe|xcontext|xspecify|skip|pending)\b|,\s*(?:skip|pending):\s*(?:true|['"])|,\s*:(?:skip|pending)\b/ },
  { files: /\.(?:cs|fs|vb)$/, pattern: /\[(?:\w+,\s*)*(?:Ignore|Explicit)\b|\[(?:Fact|Theory)\(.*\bSkip\s*=/ },
  { files: /\.php$/, pattern: /->markTest(?:Skipped|Incomplete)\(|->(?:skip|todo)\(|^#\[(?:Skip|Ignore)/ },
  { files: /\.swift$/, pattern: /\bXCTSkip\w*\(|@Test\(.*\.disabled\(/ },
  { files: /\.exs$/, pattern: /^@(?:module)?(?:tag|describetag)\s+:?skip\b/ },
];

/** What makes a runner leave out all other tests. */
const ALONE: readonly Sign[] = [
  { files: SCRIPT, pattern: /(?:^|[^\w.'"`])(?:describe|it|test|suite|context|specify|Deno\.test)(?:\.\w+)*\.only\b|(?:^|[^\w.])(?:fit|fdescribe|fcontext)\s*\(|[{,]\s*only:\s*true/ },
  { files: /\.rb$/, pattern: /^(?:fit|fdescribe|fcontext)\b|,\s*(?::focus\b|focus:\s*true)/ },
];

const matches = (signs: readonly Sign[], path: string, text: string): boolean => signs.some(({ files, pattern }) => files.test(path) && pattern.test(text));

/** Tests that were switched off, and those that switch off all others. */
export const skippedTestFindings = (files: readonly ChangedFile[]): Finding[] =>
  files.flatMap((file): Finding[] => {
    const { path } = file.change;
    // An attribute of a function says what it is wherever it stands.
    const tests = /\.(?:rs|java|kts?)$/.test(path) || isTestFile(path) ? file : testPart(file);
    return (tests === null ? [] : addedLines(tests)).flatMap(({ line, text }): Finding[] => {
      if (isComment(text)) return [];
      if (matches(ALONE, path, text)) return [{ kind: 'skippedTest', path, line, alone: 'result', message: `A test of ${path} is set to run alone: the others are left out.` }];
      return matches(SKIPS, path, text) ? [{ kind: 'skippedTest', path, line, alone: 'result', message: `A test of ${path} is skipped.` }] : [];
    });
  });
