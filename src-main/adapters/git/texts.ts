import { readBlob } from './blob.ts';
import type { GitPlace } from './git-place.ts';
import { listTree } from './list-tree.ts';
import { pathText } from './path-text.ts';

/** Larger ones are left out; the largest lock files of public monorepos are below a third of it. */
const largestText = 16 * 2 ** 20;

/** Text files of a tree by path. Absent ones, links, binaries and ones above 16 MiB are left out. */
export async function texts(place: GitPlace, tree: string, paths: readonly string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const wanted = new Set(paths.filter((path) => path !== '' && !path.includes('\0')));
  if (wanted.size === 0) return found;
  for (const entry of await listTree(place, tree, [...wanted])) {
    const path = pathText(entry.path);
    if (!wanted.has(path) || (entry.mode !== '100644' && entry.mode !== '100755')) continue;
    const { bytes } = await readBlob(place, entry.id, largestText);
    if (bytes !== null && !bytes.includes(0)) found.set(path, Buffer.from(bytes).toString('utf8'));
  }
  return found;
}
