import { create } from 'zustand';
import type { Measurement } from '../../src-main/contract/live.ts';

/** Below this much free space a run may fail: it may write 10 GiB by default. */
export const LITTLE_SPACE = 10 * 2 ** 30;

/** The last that was heard of the disk under the data directory; null before anybody has looked. */
export const useDisk = create<{ disk: Measurement['disk'] | null }>(() => ({ disk: null }));

/** Whether little space is left, as far as is known. A size of zero means that it could not be read. */
export const isDiskLow = (disk: Measurement['disk'] | null): boolean => disk !== null && disk.totalBytes > 0 && disk.freeBytes < LITTLE_SPACE;
