import type { DiskSpace } from '../../contract/disk.ts';

const GIB = 2 ** 30;
/** Whichever is less, so that a small disk is not always too small and a large one does not wait with 50 GiB free. */
const FLOOR_BYTES = 5 * GIB;
const FLOOR_SHARE = 1 / 20;
/** The harder floor is this part of the first: what is left for the engine and the database to end in good order. */
const STOP_SHARE = 1 / 5;

/** Free bytes below which the queue waits, and below which whatever writes most is stopped. `chosenGib` is the user's own number, or null. */
export const floorsOf = (totalBytes: number, chosenGib: number | null): Pick<DiskSpace, 'floorBytes' | 'stopBytes'> => {
  const floorBytes = Math.round(chosenGib === null ? Math.min(FLOOR_BYTES, totalBytes * FLOOR_SHARE) : chosenGib * GIB);
  return { floorBytes, stopBytes: Math.round(floorBytes * STOP_SHARE) };
};

/** `low`: the queue waits; `spent`: what writes most is stopped too. A disk whose size is 0 could not be read. */
export const levelOf = ({ freeBytes, totalBytes, floorBytes, stopBytes }: Pick<DiskSpace, 'freeBytes' | 'totalBytes' | 'floorBytes' | 'stopBytes'>): 'enough' | 'low' | 'spent' => {
  if (totalBytes === 0 || freeBytes >= floorBytes) return 'enough';
  return freeBytes < stopBytes ? 'spent' : 'low';
};
