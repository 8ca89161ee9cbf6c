import type { Brief } from '../../src-main/contract/brief.ts';
import type { Fleet } from '../client/fleet.ts';

/** The first of the queue that only waits for room: nothing else holds it back. */
export const nextInLine = (queued: readonly Brief[], waiting: Fleet['waiting']): string | null =>
  queued.find((brief) => {
    const kind = brief.currentRun === null ? undefined : waiting[brief.currentRun]?.kind;
    return kind !== 'behind' && kind !== 'paused';
  })?.id ?? null;
