import type { DroppableProvided, DroppableStateSnapshot } from '@hello-pangea/dnd';
import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import { useCallback, useEffect, useRef, type ReactElement } from 'react';
import type { Brief, Column } from '../../src-main/contract/brief.ts';
import { COLUMN_TITLE } from '../client/columns.ts';
import { Card } from './card.tsx';
import { useCurrent } from './current.ts';

/** Below each card, as in board.css, in pixels. */
const GAP = 6;
/** What a card is taken to be high until it has been measured, in pixels. */
const ESTIMATE: Readonly<Record<Column, number>> = { backlog: 84, queued: 104, running: 128, review: 108, done: 104 };
/** Cards kept beyond each edge: a card that is moved by the keyboard has to meet the next one before it can be seen. */
const OVERSCAN = 5;
/** Room at the end for a card that is held over the list, in pixels. */
const HELD_ROOM = 128;

export interface CardListProps {
  readonly column: Column;
  readonly briefs: readonly Brief[];
  readonly showProject: boolean;
  readonly nextId: string | null;
  /** Place of the card that Tab stops at, -1 when it is in another column. It stays, however far it is scrolled away. */
  readonly currentIndex: number;
  readonly empty: string;
}

interface InListProps extends CardListProps {
  readonly provided: DroppableProvided;
  readonly snapshot: DroppableStateSnapshot;
}

/** A column's cards: of thousands, those in sight. */
export const CardList = ({ column, briefs, showProject, nextId, currentIndex, empty, provided, snapshot }: InListProps): ReactElement => {
  const scroller = useRef<HTMLDivElement | null>(null);
  const list = useRef(briefs);
  const virtualizer = useVirtualizer({
    count: briefs.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ESTIMATE[column],
    measureElement: (element) => (element as HTMLElement).offsetHeight + GAP,
    getItemKey: useCallback((index: number) => briefs[index]?.id ?? index, [briefs]),
    rangeExtractor: useCallback(
      (range: Range) => {
        const inSight = defaultRangeExtractor(range);
        if (currentIndex < 0 || inSight.includes(currentIndex)) return inSight;
        return [...inSight, currentIndex].sort((a, b) => a - b);
      },
      [currentIndex],
    ),
    overscan: OVERSCAN,
    paddingStart: 2,
    paddingEnd: 24,
  });
  const wanted = useCurrent((state) => state.wanted);
  useEffect(() => {
    list.current = briefs;
  });
  const went = useRef(0);
  useEffect(() => {
    // It goes there once for each time the focus is wanted, not whenever the card's place changes under it.
    if (went.current === wanted) return;
    went.current = wanted;
    if (currentIndex >= 0) virtualizer.scrollToIndex(currentIndex, { align: 'auto' });
  }, [wanted, currentIndex, virtualizer]);
  const { innerRef } = provided;
  const ref = useCallback(
    (element: HTMLDivElement | null) => {
      scroller.current = element;
      innerRef(element);
    },
    [innerRef],
  );
  const order = useCallback(() => list.current.map(({ id }) => id), []);
  const items = virtualizer.getVirtualItems();
  // Each column is one stop for Tab: at the card with the focus, else at the first in sight.
  const stop = currentIndex >= 0 ? currentIndex : items.find(({ start }) => start >= (virtualizer.scrollOffset ?? 0))?.index;
  const room = snapshot.isUsingPlaceholder ? HELD_ROOM : 0;
  return (
    <div ref={ref} {...provided.droppableProps} className={`cards${snapshot.isDraggingOver ? ' over' : ''}`}>
      {briefs.length === 0 && !snapshot.isDraggingOver && <p className="column-empty">{empty}</p>}
      <div
        className="cards-all"
        style={{ height: virtualizer.getTotalSize() + room }}
        {...(briefs.length > 0 && { role: 'feed', 'aria-label': `${COLUMN_TITLE[column]} cards` })}
      >
        {items.map(({ index, start }) => {
          const brief = briefs[index];
          return (
            brief && (
              <Card
                key={brief.id}
                brief={brief}
                column={column}
                index={index}
                count={briefs.length}
                showProject={showProject}
                isNext={brief.id === nextId}
                isStop={index === stop}
                top={start}
                measure={virtualizer.measureElement}
                order={order}
              />
            )
          );
        })}
      </div>
    </div>
  );
};
