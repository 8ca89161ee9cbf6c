import type { Column } from '../../src-main/contract/brief.ts';
import { COLUMNS, type Columns } from '../client/columns.ts';

export type Direction = 'up' | 'down' | 'left' | 'right' | 'first' | 'last';

/** The card of a column that is beside a height on the window, in pixels; its first one when none is in sight. */
const beside = (columns: Columns, column: Column, y: number): string | null => {
  let best: { id: string; away: number } | null = null;
  for (const element of document.querySelectorAll<HTMLElement>(`[data-column="${column}"] [data-brief]`)) {
    const { top, bottom } = element.getBoundingClientRect();
    const away = Math.max(top - y, y - bottom, 0);
    const id = columns[column][Number(element.dataset['index'])]?.id;
    if (id !== undefined && (best === null || away < best.away)) best = { id, away };
  }
  return best?.id ?? columns[column][0]?.id ?? null;
};

const openOnes = (columns: Columns, collapsed: ReadonlySet<Column>): Column[] => COLUMNS.filter((column) => !collapsed.has(column) && columns[column].length > 0);

/** A card if it is in sight, else the first one that is; null: none is. */
export const shownOrFirst = (columns: Columns, collapsed: ReadonlySet<Column>, id: string | null): string | null => {
  const open = openOnes(columns, collapsed).map((column) => columns[column]);
  return open.flat().find((brief) => brief.id === id)?.id ?? open[0]?.[0]?.id ?? null;
};

/** The card that lies in a direction from another one; null: none does. Columns without cards in sight are passed over. */
export const neighbour = (columns: Columns, collapsed: ReadonlySet<Column>, id: string | null, direction: Direction): string | null => {
  const open = openOnes(columns, collapsed);
  const column = open.find((each) => columns[each].some((brief) => brief.id === id));
  if (column === undefined) return shownOrFirst(columns, collapsed, id);
  const cards = columns[column];
  const index = cards.findIndex((brief) => brief.id === id);
  if (direction === 'up' || direction === 'down') return cards[index + (direction === 'up' ? -1 : 1)]?.id ?? null;
  if (direction === 'first' || direction === 'last') return cards.at(direction === 'first' ? 0 : -1)?.id ?? null;
  const target = open[open.indexOf(column) + (direction === 'left' ? -1 : 1)];
  if (target === undefined) return null;
  const box = document.querySelector(`[data-column="${column}"] [data-index="${index}"]`)?.getBoundingClientRect();
  return beside(columns, target, box ? box.top + Math.min(box.height / 2, 40) : 0);
};
