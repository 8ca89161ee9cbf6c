import type { GitPlace } from './git-place.ts';
import { listTree } from './list-tree.ts';
import { pathText } from './path-text.ts';
import { runGit } from './run-git.ts';
import { someOf } from './snapshot-working-tree.ts';

/** What the user should know about a tree that becomes a base. */
export async function baseNotes(place: GitPlace, tree: string): Promise<string[]> {
  const notes: string[] = [];
  const links = (await listTree(place, tree)).filter((entry) => entry.mode === '160000').map((entry) => pathText(entry.path));
  if (links.length > 0) notes.push(`Submodules and nested repositories are left empty: ${someOf(links)}.`);
  if (await usesLfs(place, tree)) notes.push('Files of Git LFS are pointers: their content is not put into the container.');
  return notes;
}

/** Whether any attributes file of the tree hands files to Git LFS. */
export async function usesLfs(place: GitPlace, tree: string): Promise<boolean> {
  const search = await runGit(place, ['grep', '-q', '--no-textconv', '-F', '-e', 'filter=lfs', tree, '--', ':(glob)**/.gitattributes'], { expect: [0, 1] });
  return search.exitCode === 0;
}
