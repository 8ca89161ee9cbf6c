import type { Brief } from '../../src-main/contract/brief.ts';
import { api } from '../client/api.ts';
import { faultOf } from '../client/fault-of.ts';
import { takeBrief, useFleet } from '../client/fleet-store.ts';
import { newCommandId } from '../client/ids.ts';
import { showFault, showOffer } from '../ui/toast.tsx';

type Against = 'done' | 'backlog';

const asShown = (brief: Brief, to: Against): Brief => (to === 'done' ? { ...brief, decision: 'closed' } : { ...brief, currentRun: null });

const move = (brief: Brief, to: Against | 'review') => api.briefs.move({ commandId: newCommandId(), briefId: brief.id, to, before: null, confirmed: true });

/** Closes a brief without landing, or puts it back into the backlog: shown at once, with a way back. */
export const decideAgainst = (brief: Brief, to: Against): void => {
  const before = useFleet.getState().briefs[brief.id] ?? brief;
  const say = (error: unknown): void => showFault(faultOf(error));
  takeBrief(asShown(before, to));
  const decided = move(brief, to).then(takeBrief, (error: unknown) => {
    takeBrief(before);
    say(error);
  });
  const undo = (): void => {
    takeBrief(before);
    void decided.then(() => move(brief, 'review')).then(takeBrief, say);
  };
  showOffer(to === 'done' ? `#${brief.number} is closed.` : `#${brief.number} is back in the backlog.`, { title: 'Undo', run: undo }, `decision ${brief.id}`);
};
