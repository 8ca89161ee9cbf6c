import { DragDropContext } from '@hello-pangea/dnd';
import { useEffect, useState, type ReactElement } from 'react';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { NO_FILTERS, useBoardFilters } from '../client/board-filters.ts';
import { COLUMNS } from '../client/columns.ts';
import { useFleet } from '../client/fleet-store.ts';
import { titleOf } from '../client/run-sign.ts';
import { Button } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';
import { announceDrop, announceLift, announceMove, DRAG_INSTRUCTIONS } from './announce.ts';
import { AUTO_SCROLL, noteDragMode } from './auto-scroll.ts';
import { BoardColumn } from './board-column.tsx';
import { CardMenu } from './card-menu.tsx';
import { goToCard } from './current.ts';
import { DragVeil } from './drag-veil.tsx';
import { drop } from './drop.ts';
import { FilterBar } from './filter-bar.tsx';
import { KeyHint } from './key-hint.tsx';
import { LabelDialog } from './label-dialog.tsx';
import { nextInLine } from './next-in-line.ts';
import { useOpen } from './open.ts';
import { OverlapBubble } from './overlap-bubble.tsx';
import { press, useFirstArrow } from './press.ts';
import { SelectionBar } from './selection-bar.tsx';
import { useBoardActions } from './use-board-actions.ts';
import { cameBackTo, useCurrentKept } from './use-current-kept.ts';
import { useShown, type Shown } from './use-shown.ts';
import './board.css';

const nameOf = (id: string): string => {
  const brief = useFleet.getState().briefs[id];
  return brief ? visibleText(`#${brief.number} ${titleOf(brief.text)}`) : 'The card';
};

const many = (columns: Shown['columns']): number => COLUMNS.reduce((sum, column) => sum + columns[column].length, 0);

/** What lies over the board, one of each at most. */
const Over = (): ReactElement => (
  <>
    <SelectionBar />
    <CardMenu />
    <OverlapBubble />
    <LabelDialog />
  </>
);

/** The five columns. A drag is a command to the service. */
export const Board = ({ projectId }: { readonly projectId: string | null }): ReactElement => {
  const live = useShown(projectId);
  const [returned] = useState(() => cameBackTo(live.columns));
  // Under a drag nothing changes its place: the card is dropped where it was seen to go.
  const [held, setHeld] = useState<Shown | null>(null);
  const shown = held ?? live;
  const { all, columns, filtering } = shown;
  const place = useCurrentKept(columns);
  const waiting = useFleet((fleet) => fleet.waiting);
  const nextId = nextInLine(all.queued, waiting);
  const [, change] = useBoardFilters();
  useBoardActions(columns);
  useFirstArrow(columns);
  useEffect(() => {
    // Back from a card: the focus is on it again. What was open over the board is not.
    if (returned !== null && document.activeElement === document.body) goToCard(returned);
    return () => useOpen.setState({ menu: null, overlap: null, labels: null, question: null });
  }, [returned]);
  const total = many(all);
  const count = filtering ? many(columns) : total;
  return (
    <div className="board-place">
      {filtering && <FilterBar shown={count} total={total} />}
      {filtering && count === 0 && total > 0 ? (
        <Empty title="No card matches" actions={<Button onClick={() => change(NO_FILTERS)}>Clear the filters</Button>}>
          {total === 1 ? 'The one card is hidden.' : `All ${total.toLocaleString('en')} cards are hidden.`}
        </Empty>
      ) : (
        <div className="board" onKeyDown={(event) => press(event, columns)}>
          <DragDropContext
            dragHandleUsageInstructions={DRAG_INSTRUCTIONS}
            autoScrollerOptions={AUTO_SCROLL}
            onBeforeDragStart={({ mode }) => noteDragMode(mode)}
            onDragStart={(start, { announce }) => {
              setHeld(live);
              announce(announceLift(nameOf(start.draggableId), start));
            }}
            onDragUpdate={(update, { announce }) => announce(announceMove(nameOf(update.draggableId), update))}
            onDragEnd={(result, { announce }) => {
              announce(announceDrop(nameOf(result.draggableId), result));
              drop(result, shown);
              setHeld(null);
            }}
          >
            {COLUMNS.map((column) => (
              <BoardColumn
                key={column}
                column={column}
                briefs={columns[column]}
                total={all[column].length}
                projectId={projectId}
                showProject={projectId === null}
                nextId={nextId}
                currentIndex={place?.column === column ? place.index : -1}
              />
            ))}
            {held !== null && <DragVeil />}
          </DragDropContext>
        </div>
      )}
      <KeyHint lifted={held !== null} />
      <Over />
    </div>
  );
};
