import { type DepotDirectory } from './depot-directory.ts';
import { runGit } from './run-git.ts';

/** Stores bytes as a blob, kept under a ref of its own id. */
export async function store(depot: DepotDirectory, bytes: Uint8Array): Promise<string> {
  const blob = (await runGit(depot.place, ['hash-object', '-w', '--no-filters', '--stdin'], { input: bytes })).text;
  await runGit(depot.place, ['update-ref', `refs/drydock-stored/${blob}`, blob]);
  return blob;
}
