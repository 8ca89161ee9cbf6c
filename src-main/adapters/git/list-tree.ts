import type { GitPlace } from './git-place.ts';
import { splitAtNul } from './path-text.ts';
import { runGit } from './run-git.ts';

export interface TreeEntry {
  readonly mode: string;
  readonly id: string;
  readonly path: Buffer;
}

/** Every file, link and gitlink of a tree, in git's order. `within` names exact paths or folders. */
export async function listTree(place: GitPlace, tree: string, within: readonly string[] = []): Promise<TreeEntry[]> {
  const list = await runGit(place, ['ls-tree', '-r', '-z', '--full-tree', tree, ...(within.length === 0 ? [] : ['--', ...within])]);
  return splitAtNul(list.stdout).map(parseEntry);
}

/** `<mode> <type> <id>\t<path>` */
function parseEntry(line: Buffer): TreeEntry {
  const tab = line.indexOf(0x09);
  const [mode = '', , id = ''] = line.toString('latin1', 0, tab).split(' ');
  return { mode, id, path: line.subarray(tab + 1) };
}
