import { Droppable, type DraggableChildrenFn } from '@hello-pangea/dnd';
import { memo, useCallback, type ReactElement } from 'react';
import type { Column } from '../../src-main/contract/brief.ts';
import { COLUMN_TITLE } from '../client/columns.ts';
import { CardList, type CardListProps } from './card-list.tsx';
import { Sheet } from './card.tsx';
import { closingInWords } from './closing-in-words.ts';
import { setCollapsed, useCollapsed } from './collapsed.ts';
import { ColumnHead } from './column-head.tsx';
import { QuickAdd } from './quick-add.tsx';

const EMPTY: Readonly<Record<Column, string>> = {
  backlog: 'Briefs that you write wait here until they are launched.',
  queued: 'Drop a brief here to run it. The top one goes first.',
  running: 'Nothing is running. What is queued starts by itself.',
  review: 'Results wait here for your decision, failed runs too.',
  done: 'What was landed or closed.',
};

interface BoardColumnProps extends Omit<CardListProps, 'empty'> {
  /** How many there are without the filters. */
  readonly total: number;
  readonly projectId: string | null;
}

/** A column as a strip: its name and count, and still a place to drop a card on. */
const Strip = ({ column, briefs, total }: Pick<BoardColumnProps, 'column' | 'briefs' | 'total'>): ReactElement => (
  <section className="column collapsed" data-column={column} aria-label={COLUMN_TITLE[column]}>
    <Droppable droppableId={column} mode="virtual" renderClone={() => <span />}>
      {(provided, snapshot) => (
        <div ref={provided.innerRef} {...provided.droppableProps} className={`cards strip${snapshot.isDraggingOver ? ' over' : ''}`}>
          <h2>
            <button type="button" className="strip-button" aria-expanded={false} aria-label={`Expand ${COLUMN_TITLE[column]}`} title={`Expand ${COLUMN_TITLE[column]}`} onClick={() => setCollapsed(column, false)}>
              <span>{COLUMN_TITLE[column]}</span>
              <span className="muted">{briefs.length < total ? `${briefs.length} of ${total}` : total}</span>
            </button>
          </h2>
        </div>
      )}
    </Droppable>
  </section>
);

/** Over the head of Done: what dropping the card would do. Readers of the screen hear it with the move. */
const DropMeaning = ({ id }: { readonly id: string }): ReactElement | null => {
  const words = closingInWords(id);
  return words === null ? null : <p className="drop-meaning" aria-hidden="true">{words}</p>;
};

/** One column with its cards, where cards can be dropped. */
export const BoardColumn = memo(({ total, projectId, ...list }: BoardColumnProps): ReactElement => {
  const { column, briefs, showProject, nextId } = list;
  const isCollapsed = useCollapsed((state) => state.columns.has(column));
  const clone: DraggableChildrenFn = useCallback(
    (provided, snapshot, { source }) => {
      const brief = briefs[source.index];
      return brief ? (
        <Sheet brief={brief} column={column} index={source.index} count={briefs.length} showProject={showProject} isNext={brief.id === nextId} isStop provided={provided} snapshot={snapshot} />
      ) : (
        <span ref={provided.innerRef} {...provided.draggableProps} {...provided.dragHandleProps} />
      );
    },
    [briefs, column, showProject, nextId],
  );
  if (isCollapsed) return <Strip column={column} briefs={briefs} total={total} />;
  return (
    <section className="column" data-column={column} aria-label={COLUMN_TITLE[column]}>
      <ColumnHead column={column} shown={briefs.length} total={total} />
      {column === 'backlog' && <QuickAdd projectId={projectId} />}
      <Droppable droppableId={column} mode="virtual" renderClone={clone}>
        {(provided, snapshot) => (
          <>
            <CardList {...list} empty={total > 0 ? 'None of them matches the filters.' : EMPTY[column]} provided={provided} snapshot={snapshot} />
            {column === 'done' && snapshot.draggingOverWith != null && <DropMeaning id={snapshot.draggingOverWith} />}
          </>
        )}
      </Droppable>
    </section>
  );
});
