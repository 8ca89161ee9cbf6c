import type { Brief } from '../../src-main/contract/brief.ts';
import { COLUMNS } from '../client/columns.ts';
import { useFleet } from '../client/fleet-store.ts';
import { useCurrent } from './current.ts';
import { useSelection } from './selection.ts';
import { wholeBoard } from './spots.ts';

/** The chosen briefs, in the order of the board. */
export const selectedBriefs = (): Brief[] => {
  const { ids } = useSelection.getState();
  const board = wholeBoard();
  return COLUMNS.flatMap((column) => board[column].filter(({ id }) => ids.has(id)));
};

/** The brief that has the focus, or had it last. */
export const currentBrief = (): Brief | undefined => {
  const { id, met } = useCurrent.getState();
  return id === null || !met ? undefined : useFleet.getState().briefs[id];
};

/** What a key is about: the chosen briefs, or else the one with the focus. */
export const targets = (): Brief[] => {
  if (useSelection.getState().ids.size > 0) return selectedBriefs();
  const brief = currentBrief();
  return brief ? [brief] : [];
};
