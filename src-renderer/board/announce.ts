import type { DragStart, DragUpdate, DropResult } from '@hello-pangea/dnd';
import type { Column } from '../../src-main/contract/brief.ts';
import { COLUMN_TITLE } from '../client/columns.ts';
import { closingInWords } from './closing-in-words.ts';

const place = (target: { droppableId: string; index: number }): string =>
  `${COLUMN_TITLE[target.droppableId as Column]}, place ${target.index + 1}`;

/** What a screen reader hears while a card is dragged. */
export const announceLift = (name: string, start: DragStart): string =>
  `${name} lifted from ${place(start.source)}. Arrow keys move it, Space drops it, Escape puts it back.`;

export const announceMove = (name: string, update: DragUpdate): string => {
  if (!update.destination) return `${name} is over no column.`;
  const meaning = update.destination.droppableId === 'done' ? closingInWords(update.draggableId) : null;
  return `${name} is over ${place(update.destination)}.${meaning === null ? '' : ` ${meaning}.`}`;
};

export const announceDrop = (name: string, result: DropResult): string =>
  result.reason === 'CANCEL' || !result.destination ? `${name} was put back to ${place(result.source)}.` : `${name} dropped on ${place(result.destination)}.`;

export const DRAG_INSTRUCTIONS = 'Press Space to lift this card and move it with the arrow keys, or Enter to open it.';
