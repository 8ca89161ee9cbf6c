import { blobId, type BlobId } from '../../contract/ids.ts';
import type { GitPlace } from './git-place.ts';
import { listTree } from './list-tree.ts';
import { pathText } from './path-text.ts';

/** Regular files of a tree by their path as text; links and submodules are left out. */
export async function blobsByPath(place: GitPlace, tree: string): Promise<Map<string, BlobId>> {
  const entries = await listTree(place, tree);
  const files = entries.filter((entry) => entry.mode === '100644' || entry.mode === '100755');
  return new Map(files.map((entry) => [pathText(entry.path), blobId.parse(entry.id)]));
}
