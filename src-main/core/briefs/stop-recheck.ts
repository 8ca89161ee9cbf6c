import type { Brief } from '../../contract/brief.ts';
import type { Run } from '../../contract/run.ts';
import { recheckOf } from '../../domain/recheck.ts';
import type { RecordedEvent } from '../../ports/run-store.ts';
import type { Deps } from '../deps.ts';
import { runChange } from '../runs/run-change.ts';

/** Ends a check of a selection with the card's stay in Review: nobody waits for what it would say. The result itself is untouched. */
export const stopRecheck = (deps: Pick<Deps, 'store' | 'clock'>, brief: Pick<Brief, 'currentRun'>): { events: RecordedEvent[]; runs: Run[] } => {
  const run = brief.currentRun === null ? null : deps.store.run(brief.currentRun);
  if (run === null || run.state.name !== 'checking' || recheckOf(run.state) === null) return { events: [], runs: [] };
  const { after, events } = runChange(run, { kind: 'cancel' }, deps.clock.now());
  return { events, runs: [after] };
};
