import type { DropResult } from '@hello-pangea/dnd';
import type { Brief, Column } from '../../src-main/contract/brief.ts';
import { useFleet } from '../client/fleet-store.ts';
import { useCollapsed } from './collapsed.ts';
import { dropCards } from './deeds.ts';
import { useSelection } from './selection.ts';
import { selectedBriefs } from './targets.ts';
import type { Shown } from './use-shown.ts';

/** The card that stays below a place among the shown ones; behind the last of them, what the filters hide comes next. */
const below = ({ all, columns }: Shown, to: Column, index: number, moved: ReadonlySet<string>, dragged: string): Brief | null => {
  const others = columns[to].filter(({ id }) => id !== dragged);
  const next = others.slice(index).find(({ id }) => !moved.has(id));
  if (next) return next;
  const last = others.findLast(({ id }) => !moved.has(id));
  if (!last) return null;
  return all[to].slice(all[to].indexOf(last) + 1).find(({ id }) => !moved.has(id)) ?? null;
};

/** What a drop means: the dragged card, or all chosen ones when it is one of them, go where it was dropped. */
export const drop = ({ destination, source, draggableId }: DropResult, shown: Shown): void => {
  const brief = useFleet.getState().briefs[draggableId];
  if (!brief || !destination) return;
  const { ids } = useSelection.getState();
  const briefs = ids.has(brief.id) && ids.size > 1 ? selectedBriefs() : [brief];
  if (briefs.length === 1 && destination.droppableId === source.droppableId && destination.index === source.index) return;
  const to = destination.droppableId as Column;
  // A strip shows no place: what is dropped on it goes to the end. Done has an order of its own.
  const atEnd = to === 'done' || useCollapsed.getState().columns.has(to);
  const moved = new Set<string>(briefs.map(({ id }) => id));
  dropCards(briefs, to, atEnd ? null : below(shown, to, destination.index, moved, brief.id));
};
