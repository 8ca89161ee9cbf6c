import { commitId } from '../../contract/ids.ts';
import { visibleText } from '../../domain/visible-text.ts';
import type { BaseCommit, CommitSearch } from '../../ports/depot.ts';
import { failure } from './git-failure.ts';
import { branchCommit } from './resolve-base.ts';
import { runGit, startGit } from './run-git.ts';
import { type FoundRepository, requireHead } from './user-repository.ts';

/** Most commits that a search looks at: a person who searches further back knows the id. */
const searched = 100_000;
/** What a search may take; after that its answer is what was found so far. */
const searchMs = 10_000;
/** A subject may be a megabyte. */
const subjectLength = 500;

/** Newest commits from a branch or HEAD, or those that hold the text. Faults: baseNotFound, noCommit. Writes nothing. */
export async function listCommits(repository: FoundRepository, { branch, text, limit }: CommitSearch): Promise<BaseCommit[]> {
  const from = branch === null ? await requireHead(repository) : await branchCommit(repository, branch);
  if (from === null) throw failure('baseNotFound', `There is no branch ${branch}.`, 'Choose another branch, or fetch it first.');
  const wanted = text.trim().toLowerCase();
  const holds = ({ commit, subject, author }: BaseCommit): boolean =>
    wanted === '' || commit.startsWith(wanted) || subject.toLowerCase().includes(wanted) || author.toLowerCase().includes(wanted);
  const args = ['log', '-z', '--no-show-signature', '--no-color', '--encoding=UTF-8', '--format=%H%n%ct%n%an%n%s'];
  if (wanted === '') return parsed((await runGit(repository.place, [...args, `--max-count=${limit}`, '--end-of-options', from, '--'])).stdout.toString('utf8').split('\0'));

  const git = startGit(repository.place, [...args, `--max-count=${searched}`, '--end-of-options', from, '--']);
  git.stdin.end();
  const timer = setTimeout(() => git.kill(), searchMs);
  const found: BaseCommit[] = [];
  let held = Buffer.alloc(0);
  try {
    for await (const bytes of git.stdout as AsyncIterable<Buffer>) {
      const all = Buffer.concat([held, bytes]);
      const end = all.lastIndexOf(0);
      held = all.subarray(end + 1);
      if (end >= 0) found.push(...parsed(all.toString('utf8', 0, end).split('\0')).filter(holds));
      if (found.length >= limit) break;
    }
    found.push(...parsed([held.toString('utf8')]).filter(holds));
  } finally {
    clearTimeout(timer);
    git.kill();
    await git.ended;
  }
  return found.slice(0, limit);
}

function parsed(records: readonly string[]): BaseCommit[] {
  return records.flatMap((record) => {
    const [id = '', seconds = '', author = '', subject = ''] = record.split('\n');
    const commit = commitId.safeParse(id);
    if (!commit.success) return [];
    const at = Math.max(0, Math.round(Number(seconds)) * 1000) || 0;
    return [{ commit: commit.data, subject: visibleText(subject.slice(0, subjectLength)), author: visibleText(author.slice(0, subjectLength)), at }];
  });
}
