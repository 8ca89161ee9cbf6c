import { type BigIntStats, constants } from 'node:fs';
import { access, lstat } from 'node:fs/promises';

/** A path of the working tree as bytes: names need not be text. */
export function workingPath(top: string, path: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`${top}/`), path]);
}

export async function look(path: Buffer | string): Promise<BigIntStats | null> {
  return lstat(path, { bigint: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
    throw error;
  });
}

/** Changes whenever the file is written, replaced or gone; not when it is only read. */
export function fingerprint(facts: BigIntStats | null): string {
  return facts === null ? 'absent' : `${facts.mode}:${facts.ino}:${facts.size}:${facts.mtimeNs}:${facts.ctimeNs}`;
}

/** Folders above a path, outermost first. */
export function foldersAbove(path: Buffer): Buffer[] {
  const folders: Buffer[] = [];
  for (let slash = path.indexOf(0x2f); slash !== -1; slash = path.indexOf(0x2f, slash + 1)) folders.push(path.subarray(0, slash));
  return folders;
}

/**
 * What stands above a path where a folder should be, or null. A link is never followed: what lies behind it may be
 * anywhere. Entries of `leaving` (as latin1) go away first and are not in the way.
 */
export async function obstacleAbove(top: string, path: Buffer, leaving: ReadonlySet<string> = new Set()): Promise<string | null> {
  for (const folder of foldersAbove(path)) {
    const facts = await look(workingPath(top, folder));
    if (facts === null || (leaving.has(folder.toString('latin1')) && !facts.isDirectory())) return null;
    if (facts.isSymbolicLink()) return 'lies behind a link';
    if (!facts.isDirectory()) return 'lies below a file';
  }
  return null;
}

/** Whether entries can be made and deleted in the nearest folder above a path that exists. */
export async function canBeWritten(top: string, path: Buffer): Promise<boolean> {
  for (const folder of [...foldersAbove(path).reverse().map((above) => workingPath(top, above)), top]) {
    if ((await look(folder))?.isDirectory() === true) return access(folder, constants.W_OK).then(() => true, () => false);
  }
  return false;
}
