import type { Brief, Column } from '../../src-main/contract/brief.ts';
import type { BriefId } from '../../src-main/contract/ids.ts';
import { COLUMNS, columnsOf, type Columns } from '../client/columns.ts';
import { useFleet } from '../client/fleet-store.ts';
import { useDropped } from './dropped.ts';

/** Where a card stands: its column, and the card that stays below it (null: it is the last). */
export interface Spot {
  readonly brief: Brief;
  readonly column: Column;
  readonly next: BriefId | null;
}

/** The whole board as it is shown now, of all projects and without filters. */
export const wholeBoard = (): Columns => columnsOf(useFleet.getState(), useDropped.getState().cards, null);

/** Where cards stand before they are moved, so that they can be put back; in the order of the board. */
export const spotsOf = (briefs: readonly Brief[], board: Columns): Spot[] => {
  const ids = new Set<string>(briefs.map(({ id }) => id));
  return COLUMNS.flatMap((column) => {
    const spots: Spot[] = [];
    let next: BriefId | null = null;
    for (const brief of board[column].toReversed()) {
      if (ids.has(brief.id)) spots.push({ brief, column, next });
      else next = brief.id;
    }
    return spots.toReversed();
  });
};
