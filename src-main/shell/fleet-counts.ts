import type { FleetState } from '../contract/fleet.ts';
import { columnOf } from '../domain/columns.ts';
import { settledState } from '../domain/recheck.ts';

/** What a person wants to know of the fleet without looking at it. */
export interface FleetCounts {
  readonly running: number;
  /** Results that wait for a person. */
  readonly review: number;
  /** Runs that ended without being ready, and wait for a person too. */
  readonly failed: number;
}

/** Counts the cards of the board. */
export function fleetCounts({ briefs, runs }: Pick<FleetState, 'briefs' | 'runs'>): FleetCounts {
  const byId = new Map(runs.map((run) => [run.id, run]));
  const counts = { running: 0, review: 0, failed: 0 };
  for (const brief of briefs) {
    const run = brief.currentRun === null ? null : (byId.get(brief.currentRun) ?? null);
    const column = columnOf(brief, run);
    if (column === 'running') counts.running += 1;
    else if (column === 'review') counts[run !== null && settledState(run.state).name === 'reviewable' ? 'review' : 'failed'] += 1;
  }
  return counts;
}

/** `2 running, 1 waiting for review`; nothing of what there is none. */
export function countsInWords({ running, review, failed }: FleetCounts): string {
  const parts = [
    ...(running > 0 ? [`${running} running`] : []),
    ...(review > 0 ? [`${review} waiting for review`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
  ];
  return parts.length === 0 ? 'nothing is running' : parts.join(', ');
}
