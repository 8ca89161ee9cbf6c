import { join } from 'node:path';
import { type DepotDirectory, withScratch } from './depot-directory.ts';
import { failure } from './git-failure.ts';
import { withEnvironment } from './git-place.ts';
import { listTree } from './list-tree.ts';
import { pathText } from './path-text.ts';
import { runGit } from './run-git.ts';
import { unsafePath } from './unsafe-path.ts';
import { foldersAbove } from './working-path.ts';

/** The tree with one regular file added or replaced. Fault: conflict, when a link, a submodule or a file is where a folder or the file would be. */
export async function withFile(depot: DepotDirectory, tree: string, path: string, bytes: Uint8Array): Promise<string> {
  const file = Buffer.from(path);
  const problem = unsafePath(file);
  if (problem !== null) throw failure('invalid', `${path} ${problem}.`, 'Choose another path.');
  const folders = new Set(foldersAbove(file).map(pathText));
  const there = await listTree(depot.place, tree, [path]);
  const above = folders.size === 0 ? [] : await listTree(depot.place, tree, [...folders]);
  const isInTheWay = above.some((entry) => folders.has(pathText(entry.path))) || there.some((entry) => pathText(entry.path) !== path || !entry.mode.startsWith('100'));
  if (isInTheWay) throw failure('conflict', `${path} cannot be written: a link, a folder or another file is in its place.`, 'Move it out of the way, commit that, then try again.', { path });
  return withScratch(depot, async (scratch) => {
    const place = withEnvironment(depot.place, { GIT_INDEX_FILE: join(scratch, 'index') });
    await runGit(place, ['read-tree', tree]);
    const blob = (await runGit(place, ['hash-object', '-w', '--no-filters', '--stdin'], { input: bytes })).text;
    const line = Buffer.concat([Buffer.from(`${there[0]?.mode ?? '100644'} ${blob}\t`), file, Buffer.alloc(1)]);
    await runGit(place, ['update-index', '-z', '--index-info'], { input: line });
    return (await runGit(place, ['write-tree'])).text;
  });
}
