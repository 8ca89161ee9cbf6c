import type { RunId } from '../../contract/ids.ts';
import type { Progress } from '../../contract/run.ts';
import type { Clock } from '../../ports/surroundings.ts';
import type { RunStore } from '../../ports/run-store.ts';

/** One batched projection for all runs, at most so often (milliseconds): between an eye's patience and an fsync's cost. */
const EVERY_MS = 150;

/** Collects what moves fast, and saves and tells it in batches. No timer runs while nothing moves. */
export interface ProgressBoard {
  get(run: RunId): Progress;
  update(run: RunId, facts: Partial<Omit<Progress, 'runId'>>): void;
  /** Saves and tells at once what is due. */
  flush(): void;
}

export const createProgressBoard = (store: RunStore, clock: Clock, tell: (progress: readonly Progress[]) => void): ProgressBoard => {
  const current = new Map<RunId, Progress>();
  const due = new Set<RunId>();
  let callOff: (() => void) | null = null;

  const get = (run: RunId): Progress =>
    current.get(run) ?? store.progress(run) ?? { runId: run, logLength: 0, logEnded: false, lastLine: '', workedMs: 0, touched: null };

  const flush = (): void => {
    callOff?.();
    callOff = null;
    if (due.size === 0) return;
    const batch = [...due].map(get);
    due.clear();
    try {
      store.saveProgress(batch);
    } catch {
      // A full disk: shown all the same, and saved with the next batch. Losing the last of it is allowed.
    }
    tell(batch);
    for (const progress of batch) if (progress.logEnded) current.delete(progress.runId);
  };

  return {
    get,
    update: (run, facts) => {
      current.set(run, { ...get(run), ...facts });
      due.add(run);
      callOff ??= clock.after(EVERY_MS, flush);
    },
    flush,
  };
};
