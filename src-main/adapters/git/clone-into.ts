import { lstat, mkdir, mkdtemp, readdir, realpath, rename, rm } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, resolve, sep } from 'node:path';
import type { CommittedBase } from '../../contract/result.ts';
import type { DepotDirectory } from './depot-directory.ts';
import { failure, fileFailure } from './git-failure.ts';
import { depotPlace, type GitPlace } from './git-place.ts';
import { runGit } from './run-git.ts';
import { transferObjects } from './transfer-objects.ts';

/**
 * A clone of its own, without remote or alternates: the base and the result on branch drydock/try, checked out. It is
 * made beside the folder and moved there whole. No hook and no filter runs, because no configuration names one.
 */
export async function cloneInto(depot: DepotDirectory, base: CommittedBase, tree: string, folder: string, message: string): Promise<void> {
  if (!isAbsolute(folder) || folder.includes('\0')) throw failure('invalid', 'The folder to clone into is named by its full path.', 'Give a path that begins at the root.');
  const target = resolve(folder);
  await requireFree(target);
  try {
    await mkdir(dirname(target), { recursive: true });
    const made = await mkdtemp(join(dirname(target), `.${basename(target)}.drydock-`));
    try {
      await fill(depot, base, tree, made, message);
      await rename(made, target);
    } finally {
      await rm(made, { recursive: true, force: true });
    }
  } catch (error) {
    throw fileFailure(error);
  }
}

async function requireFree(folder: string): Promise<void> {
  const parent = await realpath(dirname(folder)).catch(() => dirname(folder));
  if (join(parent, basename(folder)).split(sep).some((part) => part.toLowerCase() === '.git')) throw failure('invalid', 'A clone is never made in a .git folder.', 'Choose another folder.', { folder });
  // What stands there may be a link to nowhere: nothing is made behind it, and nothing put in its place.
  const isLink = (await lstat(folder).catch(() => null))?.isSymbolicLink() ?? false;
  const names = isLink ? null : await readdir(folder).catch((error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? [] : null));
  if (names === null || names.length > 0) {
    throw failure('invalid', `${folder} exists already.`, 'Choose a folder that does not exist yet.', { folder });
  }
}

async function fill(depot: DepotDirectory, base: CommittedBase, tree: string, folder: string, message: string): Promise<void> {
  const { GIT_DIR: _, ...environment } = depot.place.environment;
  const outside: GitPlace = { ...depot.place, directory: folder, environment };
  const format = (await runGit(depot.place, ['rev-parse', '--show-object-format'])).text;
  await runGit(outside, ['init', '--quiet', '--template=', `--object-format=${format}`, '--initial-branch=drydock/try']);
  const commit = (await runGit(depot.place, ['commit-tree', '-p', base.commit, '-F', '-', tree], { input: message })).text;
  await transferObjects({ from: depot.place, to: depotPlace(join(folder, '.git')), wanted: [commit], without: [] });
  await runGit(outside, ['update-ref', 'refs/heads/drydock/try', commit]);
  await runGit(outside, ['reset', '--quiet', '--hard', commit]);
}
