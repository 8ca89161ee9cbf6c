import type { GitPlace } from './git-place.ts';
import { runGit } from './run-git.ts';

/** Whether any attributes file of the tree hands files to Git LFS. */
export async function usesLfs(place: GitPlace, tree: string): Promise<boolean> {
  const search = await runGit(place, ['grep', '-q', '--no-textconv', '-F', '-e', 'filter=lfs', tree, '--', ':(glob)**/.gitattributes'], { expect: [0, 1] });
  return search.exitCode === 0;
}
