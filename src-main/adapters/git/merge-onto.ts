import { type GitPlace, withEnvironment } from './git-place.ts';
import { pathText, splitAtNul } from './path-text.ts';
import { runGit } from './run-git.ts';

export interface Merged {
  readonly tree: string;
  /** Paths that both sides changed in ways that do not fit; not empty: `tree` has git's marks in them, and is to be looked at only. */
  readonly conflicts: readonly string[];
}

/**
 * Brings the changes from the base to `accepted` onto another tree. git finds the common ancestor by commits, so that both
 * sides become commits on the base's.
 */
export async function mergeOnto(place: GitPlace, base: { commit: string; tree: string }, onto: string, accepted: string): Promise<Merged> {
  if (onto === base.tree) return { tree: accepted, conflicts: [] };
  const [ours, theirs] = await Promise.all([onto, accepted].map((tree) => commitOn(place, base.commit, tree)));
  const merge = await runGit(place, ['merge-tree', '--write-tree', '-z', '--name-only', '--no-messages', ours ?? '', theirs ?? ''], { expect: [0, 1] });
  const [tree, ...conflicts] = splitAtNul(merge.stdout).map(pathText);
  return { tree: tree ?? '', conflicts: merge.exitCode === 0 ? [] : [...new Set(conflicts)] };
}

/** Undated, because git writes the side's id into conflict markers: the same merge must give the same tree at any time. */
async function commitOn(place: GitPlace, parent: string, tree: string): Promise<string> {
  const undated = withEnvironment(place, { GIT_AUTHOR_DATE: '@0 +0000', GIT_COMMITTER_DATE: '@0 +0000' });
  return (await runGit(undated, ['commit-tree', '-p', parent, '-m', 'Side', tree])).text;
}
