import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

/** One test as vitest's report tells of it. */
export interface TestOutcome {
  /** From the top of the tree, with forward slashes. */
  readonly file: string;
  /** Its groups and its title, one space between. */
  readonly name: string;
  readonly status: 'passed' | 'failed' | 'skipped';
  /** Of each failure its name, message and stack. */
  readonly failures: readonly string[];
}

export interface VitestReport {
  readonly tests: readonly TestOutcome[];
  /** What a file that could not be loaded, or a hook that failed, says. */
  readonly broken: readonly string[];
  /** Everything that was printed. */
  readonly output: string;
}

const report = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string(), failureMessages: z.array(z.string()).nullable() })),
    }),
  ),
});

const statusOf = (status: string): TestOutcome['status'] => (status === 'passed' || status === 'failed' ? status : 'skipped');

export const quotedPattern = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`);

/** Runs test files of a tree, all of their tests or those whose name holds one of the texts. Rejects when vitest leaves no report. */
export const runVitest = async (tree: string, files: readonly string[], names: readonly string[] = []): Promise<VitestReport> => {
  const folder = await mkdtemp(join(tmpdir(), 'drydock-report-'));
  const file = join(folder, 'report.json');
  const only = names.length === 0 ? [] : ['-t', names.map(quotedPattern).join('|')];
  try {
    const child = spawn(process.execPath, [join(tree, 'node_modules/vitest/vitest.mjs'), 'run', '--reporter=dot', '--reporter=json', `--outputFile.json=${file}`, ...only, ...files], {
      cwd: tree,
      env: { ...process.env, NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    const ended = Promise.withResolvers<void>();
    child.once('error', ended.reject).once('close', () => ended.resolve());
    await ended.promise;
    const text = await readFile(file, 'utf8').catch(() => {
      throw new Error(`vitest left no report:\n${output}`);
    });
    const { testResults } = report.parse(JSON.parse(text));
    return {
      tests: testResults.flatMap(({ name, assertionResults }) =>
        assertionResults.map(({ fullName, status, failureMessages }) => ({
          file: name.slice(tree.length + 1).replaceAll('\\', '/'),
          name: fullName,
          status: statusOf(status),
          failures: failureMessages ?? [],
        })),
      ),
      broken: testResults.flatMap(({ name, status, message, assertionResults }) =>
        status === 'failed' && !assertionResults.some((test) => test.status === 'failed') ? [`${name}: ${message}`] : [],
      ),
      output,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
