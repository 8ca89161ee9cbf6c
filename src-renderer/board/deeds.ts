import type { Brief, Column } from '../../src-main/contract/brief.ts';
import { shownColumn } from '../client/columns.ts';
import { useFleet } from '../client/fleet-store.ts';
import { askBeforeLoss } from './ask-before-loss.ts';
import { useDropped } from './dropped.ts';
import { moveCards } from './move-cards.ts';
import { ask } from './open.ts';
import { removeCards } from './remove-cards.ts';

/** What can be done with cards from the board, beside opening them. */
export type Deed = 'launch' | 'backlog' | 'close' | 'remove';

const FROM: Readonly<Record<Deed, readonly Column[]>> = {
  launch: ['backlog', 'review'],
  backlog: ['queued', 'running', 'review', 'done'],
  close: ['backlog', 'review'],
  remove: ['backlog', 'review', 'done'],
};

export const columnNow = (brief: Brief): Column => shownColumn(brief, useFleet.getState().runs, useDropped.getState().cards);

export const canDo = (deed: Deed, column: Column): boolean => FROM[deed].includes(column);

/** Does it with those of the briefs that allow it; asks first where work or a text would be lost. */
export const doDeed = (deed: Deed, briefs: readonly Brief[]): void => {
  const able = briefs.filter((brief) => canDo(deed, columnNow(brief)));
  if (able.length === 0) return;
  if (deed === 'remove') return ask({ what: 'remove', briefs: able, yes: () => void removeCards(able) });
  if (deed === 'launch') return void moveCards({ briefs: able, to: 'queued', before: null, confirmed: false });
  if (deed === 'close') return void moveCards({ briefs: able, to: 'done', before: null, confirmed: false });
  askBeforeLoss(able, (confirmed) => void moveCards({ briefs: able, to: 'backlog', before: null, confirmed }));
};

/** Moves cards where they were dropped; asks first where the work of a run would be lost. */
export const dropCards = (briefs: readonly Brief[], to: Column, before: Brief | null): void => {
  const move = (confirmed: boolean): void => void moveCards({ briefs, to, before, confirmed });
  if (to === 'backlog') askBeforeLoss(briefs, move);
  else move(false);
};
