import type { RunId } from '../../contract/ids.ts';
import type { Progress, Run } from '../../contract/run.ts';
import type { RunStore } from '../../ports/run-store.ts';

/** How far a run is meant to get: `sealed` ends where its work would begin. */
export type Reach = 'sealed' | 'work';

/** Runs that no brief asked for and nothing stores: they are driven as all others, and gone with the service. */
export interface PassingRuns {
  /** The store with them in it, for whoever drives them or is asked about one. */
  readonly store: RunStore;
  run(id: RunId): Run | null;
  all(): Run[];
  put(run: Run, reach: Reach): void;
  forget(id: RunId): void;
  /** Called after each change of one of them. Returns the way to stop. */
  onChange(listener: (run: Run) => void): () => void;
}

/** What is sealed is at its end: what comes next is another run's. */
const atItsEnd = (run: Run, at: number): Run => {
  const { working: _, ...times } = run.times;
  return { ...run, state: { name: 'reviewable' }, times, endedAt: at };
};

export const createPassingRuns = (store: RunStore): PassingRuns => {
  const runs = new Map<RunId, { readonly run: Run; readonly reach: Reach }>();
  const progress = new Map<RunId, Progress>();
  const listeners = new Set<(run: Run) => void>();
  const run = (id: RunId): Run | null => runs.get(id)?.run ?? null;
  const put = (changed: Run, reach: Reach): void => {
    runs.set(changed.id, { run: changed, reach });
    for (const listener of [...listeners]) listener(changed);
  };
  const take = (changed: Run, at: number): void => {
    const known = runs.get(changed.id);
    // One that was taken away meanwhile stays away.
    if (known !== undefined) put(known.reach === 'sealed' && changed.state.name === 'working' ? atItsEnd(changed, at) : changed, known.reach);
  };
  return {
    store: {
      ...store,
      run: (id) => run(id) ?? store.run(id),
      commit: (change) => {
        for (const changed of change.runs ?? []) take(changed, change.at);
      },
      progress: (id) => progress.get(id) ?? store.progress(id),
      saveProgress: (all) => {
        for (const each of all) if (runs.has(each.runId)) progress.set(each.runId, each);
      },
      saveLogTail: () => {},
      saveNetworkEntries: () => {},
    },
    run,
    all: () => [...runs.values()].map((each) => each.run),
    put,
    forget: (id) => {
      runs.delete(id);
      progress.delete(id);
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
};
