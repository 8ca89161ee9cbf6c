import type { Fault } from '../../contract/fault.ts';
import type { EngineStatus, Pause, WaitingReason } from '../../contract/fleet.ts';
import type { ProjectId, RunId } from '../../contract/ids.ts';
import type { Run } from '../../contract/run.ts';
import { LABEL } from '../../domain/container-spec.ts';
import { hasEnded, holdsSlot } from '../../domain/columns.ts';
import { schedule, slotsOf } from '../../domain/schedule.ts';
import { runId } from '../../contract/ids.ts';
import type { ContainerEngine } from '../../ports/container-engine.ts';
import type { Deps } from '../deps.ts';
import { recordRun } from '../runs/record-run.ts';
import { cleanUp } from './clean-up.ts';
import { driveRun, Interrupted } from './drive-run.ts';
import type { ProgressBoard } from './progress-board.ts';
import { createSnapshotBuilds } from './snapshot-builds.ts';

/** Setting that holds the user's own number of slots, or null. */
export const SLOTS_SETTING = 'slots';

export interface SupervisorView {
  readonly waiting: Readonly<Record<string, WaitingReason>>;
  readonly pauses: readonly Pause[];
  readonly slots: { readonly used: number; readonly total: number };
}

/** Starts what may start, drives what has started, and picks up what an earlier service left. */
export interface Supervisor {
  /** Adopts runs of an earlier service and begins to schedule. */
  begin(): void;
  /** Looks at the queue again: something that decides about it has changed. */
  wake(): void;
  /** Interrupts a run whose cancelling was recorded. */
  interrupt(run: RunId): void;
  /** Lets a paused queue go on: its cause was mended, or the user wants to try. */
  resume(project: ProjectId): void;
  view(): SupervisorView;
  /** Lets go of every run without ending any. */
  dispose(): Promise<void>;
}

export const createSupervisor = (deps: Deps, progress: ProgressBoard, tell: (view: SupervisorView) => void): Supervisor => {
  const { store, engines } = deps;
  const builds = createSnapshotBuilds();
  const driven = new Map<RunId, { controller: AbortController; ended: Promise<void> }>();
  const pauses: Pause[] = [];
  let view: SupervisorView = { waiting: {}, pauses: [], slots: { used: 0, total: 1 } };
  let disposed = false;
  let isWoken = false;

  const engineUp = (signal: AbortSignal): Promise<ContainerEngine> => {
    const present = engines.engine();
    if (signal.aborted) return Promise.reject(signal.reason as Error);
    if (present !== null) return Promise.resolve(present);
    return new Promise((resolve, reject) => {
      const stop = engines.onChange(() => {
        const engine = engines.engine();
        if (engine === null) return;
        settle();
        resolve(engine);
      });
      const abort = (): void => {
        settle();
        reject(signal.reason as Error);
      };
      const settle = (): void => {
        stop();
        signal.removeEventListener('abort', abort);
      };
      signal.addEventListener('abort', abort);
    });
  };

  const pause = (project: ProjectId, fault: Fault): void => {
    const projectId = fault.code === 'refusedByState' || fault.code === 'imageMissing' ? project : null;
    if (pauses.some((each) => each.projectId === projectId)) return;
    pauses.push({ projectId, fault, since: deps.clock.now() });
  };

  const drive = (run: Run): void => {
    if (driven.has(run.id) || disposed) return;
    const entry = { controller: new AbortController(), ended: Promise.resolve() };
    driven.set(run.id, entry);
    entry.ended = driveRun({ deps, progress, builds, engineUp }, run.id, () => entry.controller.signal)
      .then((fault) => {
        if (fault !== null) pause(run.projectId, fault);
      })
      .catch((error: unknown) => {
        // The log or the store itself failed (a full disk): the run stays as it is recorded, and the queue waits.
        if (!disposed) pause(run.projectId, { code: 'diskFull', message: `Drydock cannot write its own data: ${String(error)}`, next: 'Free disk space, then retry.' });
      })
      .finally(() => {
        driven.delete(run.id);
        wake();
      });
  };

  const rankOf = (run: Run): number => store.brief(run.briefId)?.rank ?? 0;

  const look = (): void => {
    isWoken = false;
    if (disposed) return;
    const status: EngineStatus = engines.status();
    const unended = store.unendedRuns();
    const used = unended.filter((run) => holdsSlot(run.state)).length;
    const chosen = store.setting(SLOTS_SETTING);
    const total = slotsOf(status.state === 'up' ? status : null, typeof chosen === 'number' ? chosen : null);
    const queued = unended
      .filter((run) => run.state.name === 'queued')
      .map((run) => ({ id: run.id, projectId: run.projectId, rank: rankOf(run), queuedAt: run.queuedAt }));
    const plan = schedule({ queued, used, total, engineUp: status.state === 'up', pauses });
    view = { waiting: plan.waiting, pauses: [...pauses], slots: { used: used + plan.start.length, total } };
    for (const id of plan.start) start(id);
    tell(view);
  };

  const start = (id: RunId): void => {
    const run = store.run(id);
    if (run === null || run.state.name !== 'queued' || driven.has(id)) return;
    recordRun(deps, run, { kind: 'start' });
    drive(run);
  };

  function wake(): void {
    if (isWoken || disposed) return;
    isWoken = true;
    queueMicrotask(look);
  }

  /** Removes labelled objects of runs that have ended or that nobody knows: leftovers of a service that was killed. */
  const reap = async (engine: ContainerEngine): Promise<void> => {
    for (const container of await engine.containers({ [LABEL.owner]: deps.owner })) {
      const id = runId.safeParse(container.labels[LABEL.run]);
      if (!id.success) continue;
      const run = store.run(id.data);
      if (run === null || hasEnded(run.state)) await cleanUp(engine, deps.owner, id.data);
    }
  };

  const stopListening = engines.onChange((status) => {
    const engine = engines.engine();
    if (status.state === 'up' && engine !== null) {
      reap(engine).catch(() => {
        // A failed look concludes nothing; the next time the engine comes up looks again.
      });
    }
    wake();
  });

  return {
    begin: () => {
      for (const run of store.unendedRuns()) if (run.state.name !== 'queued') drive(run);
      const engine = engines.engine();
      if (engine !== null) reap(engine).catch(() => {});
      wake();
    },
    wake,
    interrupt: (id) => {
      const entry = driven.get(id);
      const run = store.run(id);
      if (entry === undefined) {
        if (run !== null) drive(run);
        return;
      }
      const { controller } = entry;
      entry.controller = new AbortController();
      controller.abort(new Interrupted('cancel'));
    },
    resume: (project) => {
      for (let index = pauses.length - 1; index >= 0; index -= 1) {
        const projectId = pauses[index]?.projectId;
        if (projectId === null || projectId === project) pauses.splice(index, 1);
      }
      wake();
    },
    view: () => view,
    dispose: async () => {
      disposed = true;
      stopListening();
      const entries = [...driven.values()];
      for (const { controller } of entries) controller.abort(new Interrupted('dispose'));
      await Promise.allSettled(entries.map((entry) => entry.ended));
    },
  };
};
