import { useDeferredValue, useMemo } from 'react';
import { useBoardFilters, isFiltering, matcherOf } from '../client/board-filters.ts';
import { columnsOf, narrowed, type Columns } from '../client/columns.ts';
import { useFleet } from '../client/fleet-store.ts';
import { useDropped } from './dropped.ts';

export interface Shown {
  /** Every card of the chosen project. */
  readonly all: Columns;
  /** Those that the filters leave. */
  readonly columns: Columns;
  readonly filtering: boolean;
}

/** What is on the board now. */
export const useShown = (projectId: string | null): Shown => {
  const briefs = useFleet((fleet) => fleet.briefs);
  const runs = useFleet((fleet) => fleet.runs);
  const cards = useDropped((state) => state.cards);
  const [now] = useBoardFilters();
  // Typing goes before: thousands of cards are narrowed when there is time.
  const filters = useDeferredValue(now);
  const all = useMemo(() => columnsOf({ briefs, runs }, cards, projectId), [briefs, runs, cards, projectId]);
  const filtering = isFiltering(filters);
  return useMemo(
    () => ({ all, columns: filtering ? narrowed(all, matcherOf(filters, runs)) : all, filtering }),
    [all, filtering, filters, runs],
  );
};
