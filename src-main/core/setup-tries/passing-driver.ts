import type { RunId } from '../../contract/ids.ts';
import type { Run } from '../../contract/run.ts';
import { hasEnded } from '../../domain/columns.ts';
import type { Deps } from '../deps.ts';
import { faultOf } from '../fault-of.ts';
import { recordRun } from '../runs/record-run.ts';
import { driveRun, Interrupted, type DriveDeps } from '../supervisor/drive-run.ts';
import { engineUp } from '../supervisor/engine-up.ts';
import type { ProgressBoard } from '../supervisor/progress-board.ts';
import type { PassingRuns, Reach } from './passing-runs.ts';

/** How long the service's end waits for what is taken down, in milliseconds: what is left then goes with the next start. */
const END_MS = 5_000;

/** Drives passing runs, as the supervisor does those of briefs, but at once and without a slot: a person sits in front of each. */
export interface PassingDriver {
  begin(run: Run, reach: Reach): void;
  /** Resolves when it has ended and nothing of it is left. */
  cancel(id: RunId): Promise<void>;
  /** Resolves when it has ended, one way or the other. */
  ended(id: RunId): Promise<void>;
  dispose(): Promise<void>;
}

/** `deps` has the passing runs in its store. */
export const createPassingDriver = (deps: Deps, passing: PassingRuns, progress: ProgressBoard, { builds, writers }: Pick<DriveDeps, 'builds' | 'writers'>): PassingDriver => {
  const driven = new Map<RunId, { controller: AbortController; ended: Promise<void> }>();

  const goOn = async (id: RunId, interrupt: () => AbortSignal): Promise<void> => {
    // Nobody's work begins here, so nothing that was made ahead is taken.
    const warm = { take: () => null, discard: async () => {} };
    const drive = { deps, progress, builds, warm, writers, engineUp: (signal: AbortSignal) => engineUp(deps.engines, signal) };
    for (;;) {
      await driveRun(drive, id, interrupt);
      builds.end(id);
      const now = passing.run(id);
      if (now?.state.name !== 'queued') return;
      // It had waited for the same environment, which another one was setting up.
      recordRun(deps, now, { kind: 'start' });
    }
  };

  /** Its log cannot be written: there is nothing to watch, so it does not go on. */
  const giveUp = (id: RunId, error: unknown): void => {
    const now = passing.run(id);
    if (now === null || hasEnded(now.state)) return;
    recordRun(deps, now, now.state.name === 'cancelling' ? { kind: 'finishCancel' } : { kind: 'fail', reason: { kind: 'fault', fault: faultOf(error) } });
  };

  const cancel = async (id: RunId): Promise<void> => {
    const entry = driven.get(id);
    const run = passing.run(id);
    if (entry === undefined || run === null) return;
    if (!hasEnded(run.state) && run.state.name !== 'cancelling') {
      recordRun(deps, run, { kind: 'cancel' });
      const { controller } = entry;
      entry.controller = new AbortController();
      controller.abort(new Interrupted('cancel'));
    }
    await entry.ended;
  };

  return {
    begin: (run, reach) => {
      passing.put(run, reach);
      const entry = { controller: new AbortController(), ended: Promise.resolve() };
      driven.set(run.id, entry);
      entry.ended = goOn(run.id, () => entry.controller.signal)
        .catch((error: unknown) => giveUp(run.id, error))
        .finally(() => {
          builds.end(run.id);
          driven.delete(run.id);
        });
    },
    cancel,
    ended: (id) => driven.get(id)?.ended ?? Promise.resolve(),
    dispose: async () => {
      const entries = [...driven];
      const waited = Promise.withResolvers<void>();
      const callOff = deps.clock.after(deps.engines.engine() === null ? 0 : END_MS, waited.resolve);
      await Promise.race([Promise.allSettled(entries.map(([id]) => cancel(id))), waited.promise]);
      callOff();
      for (const [, { controller }] of entries) controller.abort(new Interrupted('dispose'));
      await Promise.allSettled(entries.map(([, { ended }]) => ended));
      progress.flush();
    },
  };
};
