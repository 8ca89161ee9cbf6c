import type { RunId } from '../../contract/ids.ts';
import type { NetworkEntry } from '../../contract/network.ts';
import { entryPlace } from '../../domain/network/entry-place.ts';
import type { Clock } from '../../ports/surroundings.ts';
import type { RunStore } from '../../ports/run-store.ts';

/** Between an eye's patience and what a run that asks a thousand times a second would cost. */
const EVERY_MS = 250;
/** Kinds of attempts that are kept of one run: beyond, a run that asks for ever new names only counts. */
const MOST_PLACES = 5_000;

export interface NetworkJournal {
  take(entry: NetworkEntry): void;
  /** Saves what is due. */
  flush(): void;
}

/** Keeps what a run asks of the network, in batches; goes on from what an earlier service kept. `onCount` is told the sums. */
export const createNetworkJournal = (
  { store, clock }: { readonly store: RunStore; readonly clock: Clock },
  run: RunId,
  onCount: (counts: { asked: number; refused: number }) => void,
): NetworkJournal => {
  const counts = new Map<string, { readonly count: number; readonly refused: boolean }>();
  const due = new Map<string, NetworkEntry>();
  let callOff: (() => void) | null = null;
  for (const entry of store.networkEntries(run)) counts.set(entryPlace(entry), { count: entry.count, refused: entry.refused !== null });

  const flush = (): void => {
    callOff?.();
    callOff = null;
    if (due.size === 0) return;
    const batch = [...due.values()];
    try {
      store.saveNetworkEntries(run, batch);
      due.clear();
    } catch {
      // A full disk: saved with the next batch.
    }
    const all = [...counts.values()];
    const sum = (of: typeof all): number => of.reduce((total, { count }) => total + count, 0);
    onCount({ asked: sum(all), refused: sum(all.filter(({ refused }) => refused)) });
  };

  return {
    take: (entry) => {
      const place = entryPlace(entry);
      if (!counts.has(place) && counts.size >= MOST_PLACES) return;
      counts.set(place, { count: entry.count, refused: entry.refused !== null });
      due.set(place, entry);
      callOff ??= clock.after(EVERY_MS, flush);
    },
    flush,
  };
};
