import type { HistoryPage, HistoryQuery } from '../../../src-main/contract/endpoints.ts';
import type { FleetState } from '../../../src-main/contract/fleet.ts';
import type { RunStateName } from '../../../src-main/contract/run.ts';
import { standingOf } from '../../../src-main/domain/run-standing.ts';
import { titleOf } from '../../../src-renderer/client/run-sign.ts';
import { briefIdOf, NOW, projectIdOf, runIdOf } from './canned.ts';

export type HistoryRow = HistoryPage['runs'][number];

const STATES: readonly RunStateName[] = ['reviewable', 'reviewable', 'failed', 'reviewable', 'cancelled', 'timedOut', 'lost'];
const GOALS = ['Fix the flaky parser test', 'Bump dependencies', 'Add retries to the HTTP client', 'Typo sweep', 'Rename colour to color', 'Migrate the tests to the new runner', 'Sort the imports'];

/** Ended runs of long ago, newest first, an hour and a bit apart. */
export const manyRows = (count: number): HistoryRow[] =>
  Array.from({ length: count }, (_, at) => {
    const state = STATES[at % STATES.length] ?? 'reviewable';
    const queuedAt = NOW - 600_000 - at * 4_100_000;
    return {
      runId: runIdOf(count - at, 9),
      briefId: briefIdOf(count - at),
      projectId: projectIdOf(at % 3 === 0 ? 'sample' : 'api'),
      number: count - at,
      attempt: 1 + (at % 4 === 0 ? 1 : 0),
      goal: GOALS[at % GOALS.length] ?? '',
      state,
      files: state === 'reviewable' ? (at % 9) + 1 : 0,
      additions: state === 'reviewable' ? (at * 37) % 900 : 0,
      deletions: state === 'reviewable' ? (at * 13) % 200 : 0,
      standing: state === 'reviewable' && at % 2 === 0 ? 'landed' : state,
      landed: state === 'reviewable' && at % 2 === 0,
      snippet: null,
      queuedAt,
      endedAt: queuedAt + 40_000 + ((at * 7_919) % 1_800_000),
    };
  });

const rowsOfFleet = ({ runs, briefs }: FleetState): HistoryRow[] =>
  runs.map((run) => {
    const result = run.turns.at(-1)?.result;
    const brief = briefs.find((each) => each.id === run.briefId);
    return {
      runId: run.id,
      briefId: run.briefId,
      projectId: run.projectId,
      number: brief?.number ?? 0,
      attempt: run.attempt,
      goal: titleOf(run.order.text),
      state: run.state.name,
      files: result?.files ?? 0,
      additions: result?.additions ?? 0,
      deletions: result?.deletions ?? 0,
      standing: standingOf({ id: run.id, state: run.state.name, isLanded: run.landed.length > 0 || brief?.decision === 'landed' }, brief ?? null),
      landed: run.landed.length > 0 || brief?.decision === 'landed',
      snippet: null,
      queuedAt: run.queuedAt,
      endedAt: run.endedAt,
    };
  });

/** The history in memory: the runs of the fleet, and `past` before them. */
export const createFakeHistory = (state: FleetState) => {
  const history = {
    past: [] as HistoryRow[],
    /** Every query that came, in order. */
    queries: [] as HistoryQuery[],
    /** Awaited before a query is answered: to hold answers back. */
    before: async (_query: HistoryQuery): Promise<void> => undefined,
    async query(query: HistoryQuery): Promise<HistoryPage> {
      history.queries.push(query);
      await history.before(query);
      const words = (query.text ?? '').toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];
      const found = [...rowsOfFleet(state), ...history.past]
        .filter((row) => query.projectId === undefined || row.projectId === query.projectId)
        .filter((row) => query.states === undefined || query.states.includes(row.state))
        .filter((row) => query.standings === undefined || query.standings.includes(row.standing))
        .filter((row) => query.before === undefined || row.queuedAt < query.before)
        .filter((row) => query.since === undefined || row.queuedAt >= query.since)
        .filter((row) => words.every((word) => `${row.goal} ${row.snippet ?? ''}`.toLowerCase().includes(word)))
        .sort((a, b) => b.queuedAt - a.queuedAt);
      const last = found[query.limit - 1];
      const runs = last ? found.filter((row) => row.queuedAt >= last.queuedAt) : found;
      return { runs: runs.map((row) => ({ ...row, snippet: words.length === 0 ? null : (row.snippet ?? row.goal) })) };
    },
  };
  return history;
};
