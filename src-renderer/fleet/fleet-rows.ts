import type { Brief } from '../../src-main/contract/brief.ts';
import type { MeasuredContainer } from '../../src-main/contract/live.ts';
import type { Run } from '../../src-main/contract/run.ts';
import { hasEnded } from '../../src-main/domain/columns.ts';
import type { ById } from '../client/fleet.ts';

/** A line of the fleet: a container, or a run that waits or works without one. */
export interface FleetRow {
  readonly key: string;
  readonly run: Run | undefined;
  readonly brief: Brief | undefined;
  readonly container: MeasuredContainer | null;
}

interface Known {
  readonly runs: ById<Run>;
  readonly briefs: ById<Brief>;
}

/** The order of a turn, for containers of one run. */
const ORDER = ['setup', 'work', 'collect', 'check'];
const orderOf = (role: string): number => ORDER.findIndex((each) => role.startsWith(each));

const rowOf = ({ runs, briefs }: Known, key: string, runId: string | null, container: MeasuredContainer | null): FleetRow => {
  const run = runId === null ? undefined : runs[runId];
  return { key, run, brief: run && briefs[run.briefId], container };
};

/** What works, in the order in which it was queued, then what waits in the order of the board. */
export const fleetRows = (known: Known, containers: readonly MeasuredContainer[]): FleetRow[] => {
  const seen = new Set(containers.map(({ runId }) => runId));
  const without = Object.values(known.runs).filter((run) => !hasEnded(run.state) && !seen.has(run.id));
  const rows = [...containers.map((each) => rowOf(known, each.id, each.runId, each)), ...without.map((run) => rowOf(known, run.id, run.id, null))];
  const isWaiting = ({ run }: FleetRow): number => (run?.state.name === 'queued' ? 1 : 0);
  return rows.sort((a, b) => {
    const waiting = isWaiting(a) - isWaiting(b);
    if (waiting !== 0) return waiting;
    const place = isWaiting(a) ? (a.brief?.rank ?? 0) - (b.brief?.rank ?? 0) : (a.run?.queuedAt ?? 0) - (b.run?.queuedAt ?? 0);
    return place || orderOf(a.container?.role ?? '') - orderOf(b.container?.role ?? '') || a.key.localeCompare(b.key);
  });
};
