import { chmod, copyFile, lstat, mkdir, readdir, readlink, rename, rm, rmdir, symlink, unlink, utimes } from 'node:fs/promises';
import type { UserRepository } from './user-repository.ts';
import { foldersAbove, look, workingPath } from './working-path.ts';

/** A rename; over the border of a file system a copy beside the place and then the rename. */
export async function moveOver(from: Buffer, to: Buffer): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EXDEV')) throw error;
    const beside = Buffer.concat([to.subarray(0, to.lastIndexOf(0x2f) + 1), Buffer.from(`.drydock-${process.pid}`)]);
    await rm(beside, { force: true });
    await copyEntry(from, beside);
    await rename(beside, to);
    await unlink(from);
  }
}

/** Copies what is at a path of the working tree below a folder; an earlier copy of the same landing stays. */
export async function copyAside(repository: UserRepository, path: Buffer, folder: string): Promise<void> {
  const from = workingPath(repository.path, path);
  const facts = await look(from);
  if (facts === null || !(facts.isFile() || facts.isSymbolicLink())) return;
  let to = workingPath(folder, path);
  for (let copy = 1; (await look(to)) !== null; copy += 1) to = workingPath(folder, Buffer.concat([path, Buffer.from(`.${copy}`)]));
  await mkdir(to.subarray(0, to.lastIndexOf(0x2f)), { recursive: true });
  await copyEntry(from, to);
}

async function copyEntry(from: Buffer, to: Buffer): Promise<void> {
  const facts = await lstat(from);
  if (facts.isSymbolicLink()) {
    await symlink(await readlink(from, { encoding: 'buffer' }), to);
    return;
  }
  await copyFile(from, to);
  await chmod(to, facts.mode & 0o7777);
  await utimes(to, facts.atime, facts.mtime);
}

/** Folders that a deletion leaves empty go too, as in git's own checkout. */
export async function removeEmptyFolders(top: string, path: Buffer): Promise<void> {
  for (const folder of foldersAbove(path).reverse()) {
    const removed = await rmdir(workingPath(top, folder)).then(() => true, () => false);
    if (!removed) return;
  }
}

/** Removes folders that hold nothing but folders; a file in them is an error. */
export async function removeEmptyTree(folder: Buffer): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true, encoding: 'buffer' })) {
    if (entry.isDirectory()) await removeEmptyTree(Buffer.concat([folder, Buffer.from('/'), entry.name]));
  }
  await rmdir(folder);
}

/** Lets errors of these codes pass. */
export function ignoring(...codes: string[]): (error: NodeJS.ErrnoException) => undefined {
  return (error) => {
    if (!codes.includes(error.code ?? '')) throw error;
    return undefined;
  };
}
