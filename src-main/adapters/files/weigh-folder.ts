import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Bytes that a file takes on the disk: whole blocks, and nothing for its holes. `blocks` are of 512 bytes, whatever the file system's are. */
const onDisk = async (path: string): Promise<number> => {
  const found = await stat(path).catch(() => null);
  return found === null ? 0 : found.blocks * 512;
};

/** Bytes that the files below a folder take on the disk. What goes away meanwhile weighs nothing. */
export const weighFolder = async (folder: string): Promise<number> => {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  let sum = 0;
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) sum += await weighFolder(path);
    else if (entry.isFile()) sum += await onDisk(path);
  }
  return sum;
};
