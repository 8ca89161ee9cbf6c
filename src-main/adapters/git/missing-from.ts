import type { BaseChoice } from '../../contract/brief.ts';
import type { LandedCommit } from '../../ports/depot.ts';
import { withEnvironment } from './git-place.ts';
import { resolveBase } from './resolve-base.ts';
import { runGit } from './run-git.ts';
import type { FoundRepository } from './user-repository.ts';

/** Landings that are looked at side by side: each is a process or two of git. */
const atOnce = 4;

/**
 * Which landings a base lacks as it is now: neither their commit, nor the same content of what they changed, as after a squash
 * or a rebase. A branch that is gone has nothing left that could be missing.
 */
export async function missingFrom(repository: FoundRepository, choice: BaseChoice, landings: readonly LandedCommit[]): Promise<boolean[]> {
  const [{ commit: tip }, listed] = await Promise.all([
    resolveBase(repository, choice),
    runGit(repository.place, ['for-each-ref', '--format=%(refname)', 'refs/heads']),
  ]);
  const branches = new Set(listed.text.split('\n'));
  const isMissing = async ({ branch, commit, paths }: LandedCommit): Promise<boolean> => {
    if (!branches.has(`refs/heads/${branch}`)) return false;
    const ancestor = await runGit(repository.place, ['merge-base', '--is-ancestor', commit, tip], { expect: [0, 1, 128] });
    // 128: the commit is gone, and its branch is at another one.
    if (ancestor.exitCode !== 1) return false;
    const literal = withEnvironment(repository.place, { GIT_LITERAL_PATHSPECS: '1' });
    return (await runGit(literal, ['diff-tree', '--quiet', '--no-ext-diff', commit, tip, '--', ...paths], { expect: [0, 1] })).exitCode === 1;
  };
  const missing: boolean[] = [];
  for (let at = 0; at < landings.length; at += atOnce) missing.push(...(await Promise.all(landings.slice(at, at + atOnce).map(isMissing))));
  return missing;
}
