import type { Brief } from '../../src-main/contract/brief.ts';
import { count } from '../ui/format.ts';
import { showOffer } from '../ui/toast.tsx';

/** What a message about the last deed of the board is about: the next one takes its place. */
export const BOARD_OFFER = 'board';

/** Says what became of the briefs (`is` goes on after them, as "closed") and offers to take it back. Tells whether that is still offered. */
export const offerUndo = (briefs: readonly Brief[], is: string, undo: () => Promise<void>): (() => boolean) => {
  const [first] = briefs;
  if (!first) return () => false;
  const who = briefs.length === 1 ? `#${first.number} is` : `${count(briefs.length, 'brief')} are`;
  return showOffer(`${who} ${is}.`, { title: 'Undo', run: () => void undo() }, BOARD_OFFER);
};
