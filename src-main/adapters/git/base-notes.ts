import type { GitPlace } from './git-place.ts';
import { listTree } from './list-tree.ts';
import { pathText } from './path-text.ts';
import { runGit } from './run-git.ts';
import { someOf } from './snapshot-working-tree.ts';

/** Trees whose notes are remembered: what a tree holds never changes. */
const remembered = 64;

export type BaseNotes = (place: GitPlace, tree: string) => Promise<string[]>;

/** What the user should know about a tree (by its id) that becomes a base; asked of git once. */
export function createBaseNotes(): BaseNotes {
  const known = new Map<string, string[]>();
  return async (place, tree) => {
    const notes = known.get(tree) ?? (await notesOn(place, tree));
    known.set(tree, notes);
    for (const oldest of known.keys()) if (known.size > remembered) known.delete(oldest);
    return notes;
  };
}

async function notesOn(place: GitPlace, tree: string): Promise<string[]> {
  const notes: string[] = [];
  const [entries, lfs] = await Promise.all([listTree(place, tree), usesLfs(place, tree)]);
  const links = entries.filter((entry) => entry.mode === '160000').map((entry) => pathText(entry.path));
  if (links.length > 0) notes.push(`Submodules and nested repositories are left empty: ${someOf(links)}.`);
  if (lfs) notes.push('Files of Git LFS are pointers: their content is not put into the container.');
  return notes;
}

/** Whether any attributes file of the tree hands files to Git LFS. */
export async function usesLfs(place: GitPlace, tree: string): Promise<boolean> {
  const search = await runGit(place, ['grep', '-q', '--no-textconv', '-F', '-e', 'filter=lfs', tree, '--', ':(glob)**/.gitattributes'], { expect: [0, 1] });
  return search.exitCode === 0;
}
