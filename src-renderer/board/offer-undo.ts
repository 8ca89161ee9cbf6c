import type { Brief } from '../../src-main/contract/brief.ts';
import { count } from '../ui/format.ts';
import { showOffer } from '../ui/toast.tsx';

/** Says what became of the briefs (`is` goes on after them, as "closed") and offers to take it back. */
export const offerUndo = (briefs: readonly Brief[], is: string, undo: () => Promise<void>): void => {
  const [first] = briefs;
  if (!first) return;
  const who = briefs.length === 1 ? `#${first.number} is` : `${count(briefs.length, 'brief')} are`;
  showOffer(`${who} ${is}.`, { title: 'Undo', run: () => void undo() }, 'board');
};
