import type { Brief } from '../../contract/brief.ts';
import { columnOf } from '../../domain/columns.ts';
import { currentTurn } from '../../domain/run-machine.ts';
import type { RunStore } from '../../ports/run-store.ts';

/** Keys that runs under way have started from, or will: check containers are made from the same one as the work, and maintenance runs on one. */
export const keysInUse = (store: Pick<RunStore, 'unendedRuns'>): Set<string> =>
  new Set(store.unendedRuns().flatMap((run) => [currentTurn(run).snapshot?.key ?? [], run.state.name === 'settingUp' ? (run.state.upon?.key ?? []) : []].flat()));

/** The snapshot that a brief's result is checked in, while the result waits for a decision; null: none. */
const neededFor = (store: Pick<RunStore, 'run'>, brief: Brief): string | null => {
  const run = brief.currentRun === null ? null : store.run(brief.currentRun);
  if (run === null || columnOf(brief, run) !== 'review') return null;
  const { result, snapshot } = currentTurn(run);
  return result === null || run.landed.length > 0 ? null : (snapshot?.key ?? null);
};

/** How many results that wait for a decision need each snapshot. In steps: there may be thousands of briefs. */
export function* countNeeds(store: Pick<RunStore, 'briefs' | 'run'>): Generator<void, Map<string, number>> {
  const needs = new Map<string, number>();
  for (const brief of store.briefs()) {
    const key = neededFor(store, brief);
    if (key !== null) needs.set(key, (needs.get(key) ?? 0) + 1);
    yield;
  }
  return needs;
}
