import { useDeferredValue, useMemo, useState } from 'react';
import { useBoardFilters, isFiltering, matcherOf } from '../client/board-filters.ts';
import { columnsOf, keepUnchanged, narrowed, type Columns } from '../client/columns.ts';
import { useFleet } from '../client/fleet-store.ts';
import { useDropped } from './dropped.ts';

export interface Shown {
  /** Every card of the chosen project. */
  readonly all: Columns;
  /** Those that the filters leave. */
  readonly columns: Columns;
  readonly filtering: boolean;
}

/** Keeps of each answer the lists that the next one repeats. */
const createKeeper = () => {
  let last: Columns = { backlog: [], queued: [], running: [], review: [], done: [] };
  return (columns: Columns): Columns => (last = keepUnchanged(last, columns));
};

/** What is on the board now. */
export const useShown = (projectId: string | null): Shown => {
  const briefs = useFleet((fleet) => fleet.briefs);
  const runs = useFleet((fleet) => fleet.runs);
  const cards = useDropped((state) => state.cards);
  const [now] = useBoardFilters();
  // Typing goes before: thousands of cards are narrowed when there is time.
  const filters = useDeferredValue(now);
  const [keepShown] = useState(createKeeper);
  const all = useMemo(() => columnsOf({ briefs, runs }, cards, projectId), [briefs, runs, cards, projectId]);
  const filtering = isFiltering(filters);
  return useMemo(
    () => ({ all, columns: filtering ? keepShown(narrowed(all, matcherOf(filters, runs))) : all, filtering }),
    [keepShown, all, filtering, filters, runs],
  );
};
