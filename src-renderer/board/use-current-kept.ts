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
    const cards = was ? columns[was.column] : [];
    const heir = cards[Math.min(was?.index ?? 0, cards.length - 1)]?.id ?? place?.id ?? COLUMNS.map((column) => columns[column][0]).find((brief) => brief !== undefined)?.id;
    if (heir !== undefined && was !== null && hadFocus()) goToCard(heir);
    else if (place === null) noteCurrent(heir ?? null);
  });
  useEffect(() => {
    const shown = new Set<string>(COLUMNS.flatMap((column) => columns[column].map((brief) => brief.id)));
    keepSelected((each) => shown.has(each));
  }, [columns]);
  return place;
};
