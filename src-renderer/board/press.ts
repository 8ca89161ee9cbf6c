import { useEffect, useRef, type KeyboardEvent } from 'react';
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

/** What has no use of its own for an arrow: the page itself, and the links of the rail, which keep the focus when the board was gone to by one. */
const IDLE = 'body, main, .rail a';

/** An arrow that is meant for nothing else leads onto the cards. */
export const useFirstArrow = (columns: Columns): void => {
  const latest = useRef(columns);
  useEffect(() => {
    latest.current = columns;
  });
  useEffect(() => {
    const arrive = (event: globalThis.KeyboardEvent): void => {
      const direction = event.key.startsWith('Arrow') ? DIRECTION[event.key] : undefined;
      if (direction === undefined || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      // While something is held over the board, its arrows are not for the board.
      if (!(event.target instanceof Element) || !event.target.matches(IDLE) || document.querySelector('dialog[open], [data-lifted]')) return;
      if (step(latest.current, direction) !== null) event.preventDefault();
    };
    document.addEventListener('keydown', arrive);
    return () => document.removeEventListener('keydown', arrive);
  }, []);
};
