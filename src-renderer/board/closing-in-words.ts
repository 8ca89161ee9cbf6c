import { useFleet } from '../client/fleet-store.ts';
import { columnNow } from './deeds.ts';
import { useSelection } from './selection.ts';
import { selectedBriefs } from './targets.ts';

/** What it means to drop a card on Done, and what is chosen along with it; null: it is there. */
export const closingInWords = (id: string): string | null => {
  const { briefs, runs } = useFleet.getState();
  const { ids } = useSelection.getState();
  const brief = briefs[id];
  if (!brief || columnNow(brief) === 'done') return null;
  const carried = ids.has(id) ? selectedBriefs() : [brief];
  const hasResult = carried.some(({ currentRun }) => {
    const run = currentRun === null ? undefined : runs[currentRun];
    return run !== undefined && run.landed.length === 0 && (run.turns.at(-1)?.result?.files ?? 0) > 0;
  });
  return hasResult ? 'Drop here to close without landing' : 'Drop here to close';
};
