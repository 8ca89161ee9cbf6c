import { Droppable } from '@hello-pangea/dnd';
import type { ReactElement } from 'react';
import type { Brief, Column } from '../../src-main/contract/brief.ts';
import { COLUMN_TITLE } from '../client/columns.ts';
import { Card } from './card.tsx';

const EMPTY: Readonly<Record<Column, string>> = {
  backlog: 'Briefs you write wait here.',
  queued: 'Drop a brief here to run it.',
  running: 'Nothing is running.',
  review: 'Results to review appear here.',
  done: 'Landed and closed briefs.',
};

interface BoardColumnProps {
  readonly column: Column;
  readonly briefs: readonly Brief[];
  readonly showProject: boolean;
}

/** One column with its cards, where cards can be dropped. */
export const BoardColumn = ({ column, briefs, showProject }: BoardColumnProps): ReactElement => (
  <section className="column" data-column={column} aria-label={COLUMN_TITLE[column]}>
    <h2>
      {COLUMN_TITLE[column]} <span className="muted">{briefs.length}</span>
    </h2>
    <Droppable droppableId={column}>
      {(provided, snapshot) => (
        <div ref={provided.innerRef} {...provided.droppableProps} className={`cards${snapshot.isDraggingOver ? ' over' : ''}`}>
          {briefs.map((brief, index) => (
            <Card key={brief.id} brief={brief} column={column} index={index} showProject={showProject} />
          ))}
          {provided.placeholder}
          {briefs.length === 0 && !snapshot.isDraggingOver && <p className="column-empty">{EMPTY[column]}</p>}
        </div>
      )}
    </Droppable>
  </section>
);
