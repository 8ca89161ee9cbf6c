import { systemDiskProbe } from '../../src-main/adapters/system/disk-probe.ts';
import type { DiskProbe } from '../../src-main/ports/disk-probe.ts';

/** Disks whose free space is in the test's hand; as they are until it is set. */
export interface HandDisks extends DiskProbe {
  /** Free bytes of every disk; null: as it is. */
  freeBytes: number | null;
}

export const handDisks = (): HandDisks => {
  const disks: HandDisks = {
    freeBytes: null,
    space: async (path) => {
      const real = await systemDiskProbe.space(path);
      return real === null || disks.freeBytes === null ? real : { ...real, freeBytes: disks.freeBytes };
    },
  };
  return disks;
};
