import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { SecretFailure } from '../../ports/secret-store.ts';

/** What was renamed is on the disk only once its folder is. Windows knows no such thing. */
const syncFolder = async (folder: string): Promise<void> => {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/** Writes a file that only the user can read: whole or not at all, and still there after the power was cut. One writer at a time. Fault: diskFull. */
export const writeWhole = async (path: string, content: Uint8Array | string): Promise<void> => {
  const half = `${path}.half`;
  try {
    const file = await open(half, 'w', 0o600);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(half, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await rm(half, { force: true });
    if (error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT')) {
      throw new SecretFailure({ code: 'diskFull', message: 'There is no space left for the secret.', next: 'Free disk space, then try again.' }, { cause: error });
    }
    throw error;
  }
};
