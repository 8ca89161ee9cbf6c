import type { RepositoryFacts } from '../../contract/project.ts';
import type { GitPlace } from './git-place.ts';
import { listTree } from './list-tree.ts';
import { pathText } from './path-text.ts';
import { readOnlyGit } from './read-only-git.ts';
import { startGit } from './run-git.ts';
import { usesLfs } from './uses-lfs.ts';
import { withoutOwnFilters } from './without-own-filters.ts';
import { currentBranch, openUserRepository, requireHead } from './user-repository.ts';

/** Facts of the repository that a folder belongs to. Writes nothing, not even git's stat cache. */
export async function inspect(path: string): Promise<RepositoryFacts> {
  const repository = await openUserRepository(path);
  const head = await requireHead(repository);
  const git = readOnlyGit(repository.place);
  const [branch, branches, changedFiles, shallow, entries, lfs] = await Promise.all([
    currentBranch(repository),
    git.raw(['for-each-ref', '--format=%(refname:lstrip=2)%00%(objectname)%00%(contents:subject)', 'refs/heads']),
    withoutOwnFilters(repository.place).then(countChangedFiles),
    git.raw(['rev-parse', '--is-shallow-repository']),
    listTree(repository.place, head),
    usesLfs(repository.place, head),
  ]);
  return {
    path: repository.path,
    gitDirectory: repository.gitDirectory,
    branch,
    head,
    branches: branches.split('\n').filter((line) => line !== '').map(parseBranch),
    changedFiles,
    shallow: shallow.trim() === 'true',
    submodules: entries.filter((entry) => entry.mode === '160000').map((entry) => pathText(entry.path)),
    usesLfs: lfs,
  };
}

function parseBranch(line: string): RepositoryFacts['branches'][number] {
  const [name = '', commit = '', subject = ''] = line.split('\0');
  return { name, commit, subject };
}

const mostChangedFiles = 1_000;

/** Counts lines of the status as they come and stops at the cap: a folder of a million new files must not be listed. */
async function countChangedFiles(place: GitPlace): Promise<number> {
  const status = startGit(place, ['status', '--porcelain=v2', '-z', '--untracked-files=all', '--no-renames', '--ignore-submodules=dirty']);
  status.stdin.end();
  let count = 0;
  for await (const bytes of status.stdout as AsyncIterable<Buffer>) {
    for (const byte of bytes) if (byte === 0) count += 1;
    if (count >= mostChangedFiles) break;
  }
  status.kill();
  await status.ended;
  return Math.min(count, mostChangedFiles);
}
