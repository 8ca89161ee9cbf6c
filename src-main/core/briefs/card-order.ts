import type { Brief, Column } from '../../contract/brief.ts';
import { columnOf } from '../../domain/columns.ts';
import type { Deps } from '../deps.ts';

/** Column of a brief, from the stored state of its run. */
export const columnNow = ({ store }: Pick<Deps, 'store'>, brief: Brief): Column =>
  columnOf(brief, brief.currentRun === null ? null : store.run(brief.currentRun));

/** Ranks of a column's cards in ascending order. */
export const ranksOf = (deps: Pick<Deps, 'store'>, column: Column): number[] =>
  deps.store
    .briefs()
    .filter((brief) => columnNow(deps, brief) === column)
    .map((brief) => brief.rank)
    .toSorted((a, b) => a - b);
