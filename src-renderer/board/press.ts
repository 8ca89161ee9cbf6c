import type { KeyboardEvent } from 'react';
import type { Columns } from '../client/columns.ts';
import { openCard } from './card.tsx';
import { useCurrent } from './current.ts';
import { columnNow } from './deeds.ts';
import type { Direction } from './neighbour.ts';
import { selectAll, selectRange } from './selection.ts';
import { currentBrief } from './targets.ts';
import { step } from './use-board-actions.ts';

const DIRECTION: Readonly<Record<string, Direction>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
  Home: 'first',
  End: 'last',
};

/** Keys that belong to a card with the focus: to its buttons and to a lifted card they mean something else. */
export const press = (event: KeyboardEvent, columns: Columns): void => {
  if (!(event.target instanceof Element) || !event.target.matches('.card:not([data-lifted])')) return;
  const brief = currentBrief();
  const direction = DIRECTION[event.key];
  if (event.key === 'Enter' && brief) openCard(brief);
  else if (event.key === 'a' && (event.ctrlKey || event.metaKey) && brief) selectAll(columns[columnNow(brief)].map(({ id }) => id));
  else if (direction !== undefined && !event.altKey && !event.ctrlKey && !event.metaKey) {
    const from = useCurrent.getState().id;
    const to = step(columns, direction);
    if (event.shiftKey && to !== null && brief) selectRange(columns[columnNow(brief)].map(({ id }) => id), to, from);
  } else return;
  event.preventDefault();
};
