import picomatch from 'picomatch';
import { ORPCError } from '@orpc/server';
import type { CommitId } from '../../../src-main/contract/ids.ts';
import type { TriedCheck } from '../../../src-main/contract/live.ts';
import { NOW, objectOf } from './canned.ts';

const FILES = ['README.md', 'package.json', 'docs/guide.md', 'migrations/001.sql', ...Array.from({ length: 240 }, (_, at) => `src/http/part-${at}.ts`), 'src/parser.ts', 'test/parser.test.ts'];

/** What globs match in a repository of these files: how many, and the first 200. */
export const cannedMatches = (globs: readonly string[], folder: string): { count: number; paths: string[]; total: number } => {
  const inside = FILES.filter((path) => folder === '' || path.startsWith(`${folder}/`));
  const matches = picomatch([...globs], { dot: true });
  const found = inside.filter((path) => matches(folder === '' ? path : path.slice(folder.length + 1)));
  return { count: found.length, paths: found.slice(0, 200), total: inside.length };
};

const SUBJECTS = ['Add retries to the HTTP client', 'Fix a typo', 'Bump dependencies', 'Parser: quotes nest', `${'A very long subject '.repeat(9)}end`, 'عنوان من اليمين 🚢'];

export const cannedCommits = (): { commit: CommitId; subject: string; author: string; at: number }[] =>
  SUBJECTS.map((subject, at) => ({ commit: objectOf<CommitId>(`commit ${at}`), subject, author: at % 2 === 0 ? 'Ada' : 'Grace', at: NOW - at * 5_400_000 }));

const output = (text: string): TriedCheck => ({ kind: 'output', bytes: Buffer.from(text).toString('base64') });

/** A check as its command names it: `sleep` goes on until nobody listens, `no-setup` is refused, `false` fails. */
export async function* tryCannedCheck(command: string, signal: AbortSignal | undefined): AsyncGenerator<TriedCheck> {
  if (command.includes('no-setup')) {
    const fault = { code: 'refusedByState', message: 'The environment of this project was never set up.', next: 'Launch a brief once: its setup makes the environment that checks are tried in.' };
    throw new ORPCError('FAULT', { status: 422, defined: true, message: fault.message, data: fault });
  }
  yield output(`$ ${command}\n\u001b[32m✓\u001b[0m parses quotes (12 ms)\n`);
  if (command.includes('sleep')) {
    await new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve(), { once: true }));
    return;
  }
  const fails = command.includes('false');
  if (fails) yield output('\u001b[31m✗\u001b[0m parses nested quotes\n  expected "a" to be "b"\n');
  yield { kind: 'end', exitCode: fails ? 1 : 0, timedOut: false, durationMs: 4_230 };
}
