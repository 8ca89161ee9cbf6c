import { setImmediate } from 'node:timers/promises';
import { withEventMeta } from '@orpc/server';
import type { FleetChange, FleetMessage, FleetState, FleetUpdate } from '../../../src-main/contract/fleet.ts';
import { inParts } from '../../../src-main/domain/fleet-parts.ts';

/** Deltas kept for clients that come back. */
const KEPT = 1000;

/** A live fleet in memory: the state, what changed, and streams that resume after the last number seen. */
export const createFleetFeed = (state: FleetState) => {
  let sequence = 0;
  const kept: FleetUpdate[] = [];
  const wake = new Set<() => void>();

  return {
    state,
    /** Tells every watcher; the state has already been changed. */
    publish(...changes: FleetChange[]): void {
      sequence += 1;
      kept.push({ kind: 'delta', sequence, changes: structuredClone(changes) });
      if (kept.length > KEPT) kept.shift();
      for (const each of wake) each();
    },
    async *watch(signal: AbortSignal | undefined, lastEventId: string | undefined): AsyncGenerator<FleetMessage> {
      const after = lastEventId === undefined ? Number.NaN : Number(lastEventId);
      const oldest = kept[0]?.sequence ?? sequence + 1;
      let seen = after;
      if (!(after >= oldest - 1 && after <= sequence)) {
        seen = sequence;
        for (const message of inParts({ kind: 'snapshot', sequence, service: 'fake', state })) {
          yield message.kind === 'part' ? message : withEventMeta(message, { id: String(sequence) });
          await setImmediate();
        }
      }
      for (;;) {
        for (const update of kept.filter((each) => each.sequence > seen)) {
          seen = update.sequence;
          yield withEventMeta(update, { id: String(seen) });
        }
        if (signal?.aborted) return;
        await new Promise<void>((resolve) => {
          const done = (): void => {
            wake.delete(done);
            resolve();
          };
          wake.add(done);
          signal?.addEventListener('abort', done, { once: true });
        });
      }
    },
  };
};
