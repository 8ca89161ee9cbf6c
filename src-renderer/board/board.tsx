import { DragDropContext, type DropResult } from '@hello-pangea/dnd';
import { useMemo, useState, type ReactElement } from 'react';
import type { Column } from '../../src-main/contract/brief.ts';
import { COLUMNS, columnsOf } from '../client/columns.ts';
import { useFleet } from '../client/fleet-store.ts';
import { titleOf, wouldLoseWork } from '../client/run-sign.ts';
import { Confirm } from '../ui/confirm.tsx';
import { announceDrop, announceLift, announceMove, DRAG_INSTRUCTIONS } from './announce.ts';
import { BoardColumn } from './board-column.tsx';
import { useDropped } from './dropped.ts';
import { moveCard, type Move } from './move-card.ts';
import './board.css';

const useColumns = (projectId: string | null) => {
  const briefs = useFleet((fleet) => fleet.briefs);
  const runs = useFleet((fleet) => fleet.runs);
  const cards = useDropped((state) => state.cards);
  return useMemo(() => columnsOf({ briefs, runs }, cards, projectId), [briefs, runs, cards, projectId]);
};

const nameOf = (id: string): string => {
  const brief = useFleet.getState().briefs[id];
  return brief ? `#${brief.number} ${titleOf(brief.text)}` : 'The card';
};

/** The five columns. A drag is a command to the service. */
export const Board = ({ projectId }: { readonly projectId: string | null }): ReactElement => {
  const columns = useColumns(projectId);
  const [asking, setAsking] = useState<Move | null>(null);

  const drop = (result: DropResult): void => {
    const { destination, source, draggableId } = result;
    const brief = useFleet.getState().briefs[draggableId];
    if (!brief || !destination) return;
    if (destination.droppableId === source.droppableId && destination.index === source.index) return;
    const to = destination.droppableId as Column;
    const move: Move = { brief, to, others: columns[to].filter((other) => other !== brief), index: destination.index, confirmed: false };
    const run = brief.currentRun ? useFleet.getState().runs[brief.currentRun] : undefined;
    if (to === 'backlog' && wouldLoseWork(run)) setAsking({ ...move, confirmed: true });
    else void moveCard(move);
  };

  return (
    <div className="board">
      <DragDropContext
        dragHandleUsageInstructions={DRAG_INSTRUCTIONS}
        onDragStart={(start, { announce }) => announce(announceLift(nameOf(start.draggableId), start))}
        onDragUpdate={(update, { announce }) => announce(announceMove(nameOf(update.draggableId), update))}
        onDragEnd={(result, { announce }) => {
          announce(announceDrop(nameOf(result.draggableId), result));
          drop(result);
        }}
      >
        {COLUMNS.map((column) => (
          <BoardColumn key={column} column={column} briefs={columns[column]} showProject={projectId === null} />
        ))}
      </DragDropContext>
      {asking && (
        <Confirm
          title={`Cancel #${asking.brief.number}?`}
          action="Cancel the run"
          onClose={() => setAsking(null)}
          onConfirm={() => void moveCard(asking)}
        >
          The run stops, and what it has changed so far is lost. The brief and the log stay.
        </Confirm>
      )}
    </div>
  );
};
