import type { Brief, Column } from '../../src-main/contract/brief.ts';
import { shownColumn } from '../client/columns.ts';
import { useFleet } from '../client/fleet-store.ts';
import { count } from '../ui/format.ts';
import { showOffer, takeBack } from '../ui/toast.tsx';
import { askBeforeLoss } from './ask-before-loss.ts';
import { BOARD_OFFER, offerUndo } from './offer-undo.ts';

interface Ways {
  /** Takes the launch of those back that wait in the queue. */
  readonly undo: (waiting: readonly Brief[]) => Promise<void>;
  /** Stops those that run. */
  readonly stop: (running: readonly Brief[], confirmed: boolean) => void;
}

/** The briefs as they are now, by where the service says that they are. */
const byColumn = (briefs: readonly Brief[]): Partial<Record<Column, Brief[]>> => {
  const fleet = useFleet.getState();
  return Object.groupBy(briefs.flatMap(({ id }) => fleet.briefs[id] ?? []), (brief) => shownColumn(brief, fleet.runs, {}));
};

const offerStop = (running: readonly Brief[], stop: Ways['stop']): (() => boolean) => {
  const [first] = running;
  const [who, title] = running.length === 1 && first ? [`#${first.number} has started.`, 'Stop the run'] : [`${count(running.length, 'brief')} have started.`, 'Stop the runs'];
  return showOffer(who, { title, run: () => askBeforeLoss(running, (confirmed) => stop(running, confirmed)) }, BOARD_OFFER);
};

/**
 * Says that briefs are in the queue and offers to take that back. What has left the queue cannot be taken back: when all of them run,
 * stopping is offered in its place, and when none does any more, nothing.
 */
export const offerLaunchUndo = (briefs: readonly Brief[], { undo, stop }: Ways): void => {
  let said = '';
  let isShown = (): boolean => true;
  const look = (): boolean => {
    // What the window has not heard of yet is in the backlog still.
    const { backlog = [], queued = [], running = [] } = byColumn(briefs);
    const waiting = [...queued, ...backlog];
    const offered = waiting.length > 0 ? waiting : running;
    const now = `${waiting.length > 0} ${offered.map(({ id }) => id).sort().join(' ')}`;
    if (now === said) return isShown();
    if (!isShown()) return false;
    said = now;
    if (offered.length === 0) takeBack(BOARD_OFFER);
    else isShown = waiting.length > 0 ? offerUndo(waiting, 'in the queue', () => undo(waiting)) : offerStop(running, stop);
    return offered.length > 0;
  };
  if (!look()) return;
  const forget = useFleet.subscribe(() => {
    if (!look()) forget();
  });
};
