import { useEffect, useRef } from 'react';
import { COLUMNS, type Columns } from '../client/columns.ts';
import { goToCard, hadFocus, noteCurrent, useCurrent } from './current.ts';
import { keepSelected } from './selection.ts';

interface Place {
  readonly column: (typeof COLUMNS)[number];
  readonly index: number;
  readonly id: string;
}

/** Where a card is among those shown. */
export const placeOf = (columns: Columns, id: string | null): Place | null => {
  if (id === null) return null;
  for (const column of COLUMNS) {
    const index = columns[column].findIndex((brief) => brief.id === id);
    if (index >= 0) return { column, index, id };
  }
  return null;
};

/** The one that takes a card's place in its column. */
const heirOf = (columns: Columns, was: Place): string | undefined => {
  const cards = columns[was.column];
  return cards[Math.min(was.index, cards.length - 1)]?.id;
};

/** Where the current card was when the board was left. */
let left: Place | null = null;

/**
 * The card that the focus goes to when the board is there again: the one it was on. Where that was decided meanwhile, the one
 * in its place: going after it would scroll its new column away from its start. null: none.
 */
export const cameBackTo = (columns: Columns): string | null => {
  if (left === null) return useCurrent.getState().id;
  return placeOf(columns, left.id)?.column === left.column ? left.id : (heirOf(columns, left) ?? null);
};

/**
 * Sees to it that Tab always has one card to stop at. When the card that had the focus leaves its column, the focus
 * goes to the one that takes its place, so that the next key is about the next card; what is no longer shown is no longer chosen.
 */
export const useCurrentKept = (columns: Columns): Place | null => {
  const id = useCurrent((state) => state.id);
  const place = placeOf(columns, id);
  const last = useRef(place);
  useEffect(() => {
    const was = last.current;
    last.current = place;
    const stays = place !== null && (was === null || was.id !== place.id || was.column === place.column);
    if (stays) return;
    const heir = (was ? heirOf(columns, was) : undefined) ?? place?.id ?? COLUMNS.map((column) => columns[column][0]).find((brief) => brief !== undefined)?.id;
    if (heir !== undefined && was !== null && hadFocus()) goToCard(heir);
    else if (place === null) noteCurrent(heir ?? null);
  });
  useEffect(
    () => () => {
      left = last.current;
    },
    [],
  );
  useEffect(() => {
    const shown = new Set<string>(COLUMNS.flatMap((column) => columns[column].map((brief) => brief.id)));
    keepSelected((each) => shown.has(each));
  }, [columns]);
  return place;
};
