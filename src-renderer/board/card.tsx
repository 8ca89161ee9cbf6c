import { Draggable } from '@hello-pangea/dnd';
import { memo, type ReactElement } from 'react';
import type { Brief, Column } from '../../src-main/contract/brief.ts';
import { useProject, useRun } from '../client/fleet-store.ts';
import { goTo } from '../client/route.ts';
import { modelInWords, titleOf } from '../client/run-sign.ts';
import { InternetSign } from '../ui/internet-sign.tsx';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { CardState } from './card-state.tsx';

const TAB_OF = { backlog: 'brief', queued: 'brief', running: 'activity', review: 'review', done: 'review' } as const;

interface CardProps {
  readonly brief: Brief;
  readonly column: Column;
  readonly index: number;
  readonly showProject: boolean;
}

const CardText = ({ brief, column, showProject }: Omit<CardProps, 'index'>): ReactElement => {
  const project = useProject(brief.projectId);
  const run = useRun(brief.currentRun);
  return (
    <>
      <div className="card-head">
        <span className="muted">#{brief.number}</span>
        {showProject && project && <span className="muted ellipsis">{visibleText(project.name)}</span>}
        {run && run.attempt > 1 && <span className="muted">attempt {run.attempt}</span>}
      </div>
      <h3 className="card-goal">{visibleText(titleOf(brief.text))}</h3>
      <CardState brief={brief} column={column} run={run} />
      <div className="card-foot muted">
        <InternetSign internet={brief.text.runsWith.internet} />
        <span>{modelInWords(brief.text)}</span>
      </div>
    </>
  );
};

/** A card: opened by a click or Enter, lifted by a drag or Space. */
export const Card = memo((props: CardProps): ReactElement => {
  const { brief, column, index } = props;
  const open = (): void => goTo({ place: 'brief', id: brief.id, tab: TAB_OF[column], run: null });
  return (
    <Draggable draggableId={brief.id} index={index}>
      {(provided, snapshot) => (
        <article
          ref={provided.innerRef}
          {...provided.draggableProps}
          {...provided.dragHandleProps}
          className={`card${snapshot.isDragging ? ' dragging' : ''}`}
          data-brief={brief.number}
          aria-label={`#${brief.number} ${titleOf(brief.text)}`}
          onClick={open}
          onKeyDown={(event) => {
            if (event.key === 'Enter') open();
          }}
        >
          <CardText {...props} />
        </article>
      )}
    </Draggable>
  );
});
