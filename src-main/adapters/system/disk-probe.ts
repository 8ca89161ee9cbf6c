import { statfs } from 'node:fs/promises';
import type { DiskProbe } from '../../ports/disk-probe.ts';

/** Asks the file system. Free is what an ordinary user may still write. */
export const systemDiskProbe: DiskProbe = {
  space: async (path) => {
    try {
      const { bavail, blocks, bsize } = await statfs(path);
      return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
    } catch {
      return null;
    }
  },
};
