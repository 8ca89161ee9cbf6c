import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DepotDirectory, withScratch } from './depot-directory.ts';
import { withEnvironment } from './git-place.ts';
import { runGit } from './run-git.ts';

/** A git index file for the tree, without stat data. */
export function indexFile(depot: DepotDirectory, tree: string): Promise<Uint8Array> {
  return withScratch(depot, async (scratch) => {
    const index = join(scratch, 'index');
    await runGit(withEnvironment(depot.place, { GIT_INDEX_FILE: index }), ['read-tree', tree]);
    return readFile(index);
  });
}
