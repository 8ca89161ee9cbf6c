import { getEventMeta } from '@orpc/client';
import { createPartJoiner } from '../../src-main/domain/fleet-parts.ts';
import { api } from './api.ts';
import { takeUpdate } from './fleet-store.ts';

/** Pause before watching again after the stream ended although the connection stands, in milliseconds. */
const WATCH_AGAIN_MS = 500;

/** Follows the live fleet for ever, resuming after the last update that was seen. */
export const watchFleet = async (signal: AbortSignal): Promise<void> => {
  let lastEventId: string | undefined;
  while (!signal.aborted) {
    try {
      const join = createPartJoiner();
      for await (const message of await api.fleet.watch({}, { signal, lastEventId })) {
        const update = join(message);
        if (update === null) continue;
        takeUpdate(update);
        lastEventId = getEventMeta(message)?.id ?? String(update.sequence);
      }
    } catch {
      // Cut or refused: the banner says so; the loop asks again with the same number, or for everything.
    }
    await new Promise((resolve) => setTimeout(resolve, WATCH_AGAIN_MS));
  }
};
