import type { Brief } from '../../src-main/contract/brief.ts';
import { api } from '../client/api.ts';
import { faultOf } from '../client/fault-of.ts';
import { takeBrief, useFleet } from '../client/fleet-store.ts';
import { newCommandId } from '../client/ids.ts';
import { showFault, showUndo } from '../ui/toast.tsx';

/** How long a decision against a result can be undone, in milliseconds. Until then the service does not have it. */
const UNDO_MS = 6_000;

type Against = 'done' | 'backlog';
const held = new Map<Brief['id'], () => void>();

const asShown = (brief: Brief, to: Against): Brief => (to === 'done' ? { ...brief, decision: 'closed' } : { ...brief, currentRun: null });

/**
 * Closes a brief without landing, or puts it back into the backlog: shown at once, told to the service when it can no longer be
 * undone, or when the window goes.
 */
export const decideAgainst = (brief: Brief, to: Against): void => {
  held.get(brief.id)?.();
  const commandId = newCommandId();
  const before = useFleet.getState().briefs[brief.id] ?? brief;
  const back = (): void => takeBrief(before);
  takeBrief(asShown(before, to));
  const forget = (): void => {
    clearTimeout(timer);
    held.delete(brief.id);
  };
  const send = (): void => {
    forget();
    api.briefs.move({ commandId, briefId: brief.id, to, before: null, confirmed: true }).then(takeBrief, (error: unknown) => {
      back();
      showFault(faultOf(error));
    });
  };
  const timer = setTimeout(send, UNDO_MS);
  held.set(brief.id, send);
  showUndo(to === 'done' ? `#${brief.number} is closed.` : `#${brief.number} is back in the backlog.`, UNDO_MS, () => {
    forget();
    back();
  });
};

const sendAll = (): void => {
  for (const send of held.values()) send();
};
window.addEventListener('pagehide', sendAll);
