import type { Brief, Column } from '../../contract/brief.ts';
import type { BriefId } from '../../contract/ids.ts';
import { isCrowded, rankBefore } from '../../domain/board-order.ts';
import { columnOf } from '../../domain/columns.ts';
import type { Deps } from '../deps.ts';

type Store = Pick<Deps, 'store'>;

/** Column of a brief, from the stored state of its run. */
export const columnNow = ({ store }: Store, brief: Brief): Column =>
  columnOf(brief, brief.currentRun === null ? null : store.run(brief.currentRun));

/** A column's cards, top first: by rank, and as the board shows them where ranks are the same. */
const cardsOf = (deps: Store, column: Column): Brief[] =>
  deps.store
    .briefs()
    .filter((brief) => columnNow(deps, brief) === column)
    .toSorted((a, b) => a.rank - b.rank || a.number - b.number);

/** Rank of a new card at the end of a column. */
export const rankAtEnd = (deps: Store, column: Column): number => rankBefore(cardsOf(deps, column).map((card) => card.rank), null);

export interface Placed {
  readonly rank: number;
  /** Cards of the column that get another rank with it, because the ranks came too close to be divided again. */
  readonly moved: readonly Brief[];
}

/** Where a brief stands when it is put into a column before a card (null, or one that is gone: at the end). */
export const placeCard = (deps: Store, brief: Brief, column: Column, before: BriefId | null): Placed => {
  const others = cardsOf(deps, column).filter((card) => card.id !== brief.id);
  const next = before === null ? null : (deps.store.brief(before)?.rank ?? null);
  const rank = rankBefore(others.map((card) => card.rank), next);
  // The card named may have left the column meanwhile; what stood below it is then the next one.
  const at = next === null ? -1 : others.findIndex((card) => card.id === before || card.rank > next);
  const inOrder = others.toSpliced(at < 0 ? others.length : at, 0, { ...brief, rank });
  if (!isCrowded(inOrder.map((card) => card.rank))) return { rank, moved: [] };
  const spread = inOrder.map((card, index): Brief => ({ ...card, rank: index + 1 }));
  return { rank: spread.findIndex((card) => card.id === brief.id) + 1, moved: spread.filter((card) => card.id !== brief.id) };
};
