import { Draggable, type DraggableProvided, type DraggableStateSnapshot } from '@hello-pangea/dnd';
import { memo, useCallback, useEffect, useRef, type MouseEvent, type ReactElement } from 'react';
import type { Brief, Column } from '../../src-main/contract/brief.ts';
import { wantMissing } from '../client/missing-first.ts';
import { goTo } from '../client/route.ts';
import { titleOf } from '../client/run-sign.ts';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { CardFace } from './card-face.tsx';
import { noteBlur, noteFocus, takesFocus, useCurrent } from './current.ts';
import { columnNow } from './deeds.ts';
import { followTouch } from './follow-touch.ts';
import { openMenu } from './open.ts';
import { selectRange, toggleSelected, useSelection } from './selection.ts';

const TAB_OF = { backlog: 'brief', queued: 'brief', running: 'activity', review: 'review', done: 'review' } as const;

export const openCard = (brief: Brief): void => {
  const column = columnNow(brief);
  if (column === 'backlog') wantMissing(brief.id);
  goTo({ place: 'brief', id: brief.id, tab: column === 'done' && brief.currentRun === null ? 'brief' : TAB_OF[column], run: null });
};

interface CardProps {
  readonly brief: Brief;
  readonly column: Column;
  readonly index: number;
  readonly count: number;
  readonly showProject: boolean;
  readonly isNext: boolean;
  /** Tab stops at it: at one card of each column. */
  readonly isStop: boolean;
  /** Distance from the top of its list, in pixels. */
  readonly top: number;
  readonly measure: (element: HTMLElement | null) => void;
  /** The ids of its column's cards, in their order. */
  readonly order: () => readonly string[];
}

interface SheetProps extends Omit<CardProps, 'top' | 'measure' | 'order'> {
  readonly provided: DraggableProvided;
  readonly snapshot: DraggableStateSnapshot;
  readonly top?: number;
  readonly measure?: CardProps['measure'];
  readonly order?: CardProps['order'];
}

/** The card itself, in its list or lifted. */
export const Sheet = ({ brief, column, index, count, showProject, isNext, isStop, provided, snapshot, top, measure, order }: SheetProps): ReactElement => {
  const element = useRef<HTMLElement | null>(null);
  const { innerRef } = provided;
  const isCurrent = useCurrent((state) => state.id === brief.id);
  const wanted = useCurrent((state) => (state.id === brief.id ? state.wanted : 0));
  const isSelected = useSelection((state) => state.ids.has(brief.id));
  const several = useSelection((state) => (snapshot.isDragging && state.ids.has(brief.id) ? state.ids.size : 0));
  useEffect(() => {
    if (!takesFocus(wanted)) return;
    element.current?.focus({ preventScroll: true });
    element.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [wanted]);
  const ref = useCallback(
    (node: HTMLElement | null) => {
      element.current = node;
      innerRef(node);
      measure?.(node);
    },
    [innerRef, measure],
  );
  const click = (event: MouseEvent): void => {
    if (event.ctrlKey || event.metaKey) toggleSelected(brief.id);
    else if (event.shiftKey) selectRange(order?.() ?? [], brief.id, useCurrent.getState().id);
    else openCard(brief);
    if (event.ctrlKey || event.metaKey || event.shiftKey) element.current?.focus({ preventScroll: true });
  };
  return (
    <article
      {...provided.draggableProps}
      {...provided.dragHandleProps}
      ref={ref}
      role="article"
      tabIndex={isStop ? 0 : -1}
      className={`card${snapshot.isDragging ? ' dragging' : ''}${isSelected ? ' selected' : ''}`}
      style={{ ...provided.draggableProps.style, ...(top !== undefined && { position: 'absolute', top }) }}
      data-index={index}
      data-brief={brief.number}
      data-lifted={snapshot.isDragging && !snapshot.isDropAnimating ? '' : undefined}
      aria-label={visibleText(`#${brief.number} ${titleOf(brief.text)}`)}
      aria-posinset={index + 1}
      aria-setsize={count}
      onClick={click}
      // A range is chosen with Shift, not text.
      onMouseDown={(event) => event.shiftKey && event.preventDefault()}
      onTouchStart={(event) => followTouch(event.currentTarget)}
      onFocus={() => noteFocus(brief.id)}
      onBlur={(event) => noteBlur(event.currentTarget)}
      onContextMenu={(event) => {
        event.preventDefault();
        const box = event.currentTarget.getBoundingClientRect();
        // From the keyboard there is no place of a pointer.
        const byPointer = event.clientX >= box.left && event.clientX <= box.right && event.clientY > 0;
        openMenu(brief.id, byPointer ? event.clientX : box.left + 16, byPointer ? event.clientY : box.top + 24);
      }}
    >
      {snapshot.isDragging && !snapshot.isDropAnimating && <span className="card-several">{several > 1 ? `${several} briefs lifted` : 'Lifted'}</span>}
      <CardFace brief={brief} column={column} showProject={showProject} isNext={isNext} isSelected={isSelected} reachable={isCurrent && !snapshot.isDragging} />
    </article>
  );
};

/** A card: opened by a click or Enter, lifted by a drag or Space. */
export const Card = memo(
  (props: CardProps): ReactElement => (
    <Draggable draggableId={props.brief.id} index={props.index}>
      {(provided, snapshot) => <Sheet {...props} provided={provided} snapshot={snapshot} />}
    </Draggable>
  ),
);
