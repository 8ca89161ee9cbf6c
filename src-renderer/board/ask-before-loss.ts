import type { Brief } from '../../src-main/contract/brief.ts';
import { useFleet } from '../client/fleet-store.ts';
import { wouldLoseWork } from '../client/run-sign.ts';
import { ask } from './open.ts';

/** Goes on at once, or asks first where the work of runs would be lost. */
export const askBeforeLoss = (briefs: readonly Brief[], go: (confirmed: boolean) => void): void => {
  const { runs } = useFleet.getState();
  const losing = briefs.filter((brief) => brief.currentRun !== null && wouldLoseWork(runs[brief.currentRun]));
  if (losing.length === 0) go(false);
  else ask({ what: 'cancel', briefs: losing, yes: () => go(true) });
};
