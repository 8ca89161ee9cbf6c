import { commitId } from '../../contract/ids.ts';
import type { CommittedBase } from '../../contract/result.ts';
import type { BaseNow } from '../../ports/depot.ts';
import { branchCommit } from './resolve-base.ts';
import { runGit } from './run-git.ts';
import { currentBranch, type FoundRepository } from './user-repository.ts';

/** Where the branch that a base was chosen from is now; null: there was none, or it is gone. Writes nothing. */
export async function baseNow(repository: FoundRepository, base: CommittedBase): Promise<BaseNow | null> {
  const branch = base.branch === undefined ? await branchOf(repository, base) : base.branch;
  const tip = branch === null ? null : await branchCommit(repository, branch);
  if (branch === null || tip === null) return null;
  const commit = commitId.parse(tip);
  if (tip === base.originCommit) return { branch, commit, commits: 0, rewritten: false };
  const counted = await runGit(repository.place, ['rev-list', '--left-right', '--count', `${base.originCommit}...${tip}`], { expect: [0, 128] });
  // 128: the commit that it started from is gone.
  if (counted.exitCode !== 0) return { branch, commit, commits: null, rewritten: true };
  const [lost = 0, added = 0] = counted.text.split('\t').map(Number);
  return { branch, commit, commits: added, rewritten: lost > 0 };
}

/** Of a base that was taken before its branch was noted. */
async function branchOf(repository: FoundRepository, { choice }: CommittedBase): Promise<string | null> {
  if (choice.kind === 'branch') return choice.name;
  return choice.kind === 'commit' ? null : currentBranch(repository);
}
