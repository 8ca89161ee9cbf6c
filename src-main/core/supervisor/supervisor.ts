import type { Fault } from '../../contract/fault.ts';
import type { EngineStatus, Pause, WaitingReason } from '../../contract/fleet.ts';
import type { ProjectId, RunId } from '../../contract/ids.ts';
import type { Run } from '../../contract/run.ts';
import { LABEL, runOf } from '../../domain/container-spec.ts';
import { hasEnded, holdsSlot } from '../../domain/columns.ts';
import { recheckOf, waitsForRecheck } from '../../domain/recheck.ts';
import { schedule, slotsOf } from '../../domain/schedule.ts';
import { runId } from '../../contract/ids.ts';
import type { ContainerEngine } from '../../ports/container-engine.ts';
import type { Deps } from '../deps.ts';
import { faultOf } from '../fault-of.ts';
import { recordRun } from '../runs/record-run.ts';
import type { WarmPool } from '../warm/warm-pool.ts';
import { DOCKERFILE_LABEL } from './build-image.ts';
import { cleanUp } from './clean-up.ts';
import { concernsMore, driveRun, Interrupted } from './drive-run.ts';
import { engineUp } from './engine-up.ts';
import { SNAPSHOT_LABEL } from './environment-snapshot.ts';
import type { ProgressBoard } from './progress-board.ts';
import { readSettings } from '../service/settings.ts';
import type { SnapshotBuilds } from './snapshot-builds.ts';
import { createWriters, type Writers } from './writers.ts';

/** How soon a run is taken up again whose own record could not be written: often enough for a person who has made space. */
const TAKE_UP_MS = 5_000;

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
  /** Looks at a run that was just recorded, before the queue is looked at again: its failure may concern the others. */
  recorded(run: Run): void;
  /** Interrupts a run whose cancelling was recorded. */
  interrupt(run: RunId): void;
  /** Removes what the engine still holds of things that are no longer on record. */
  tidy(): void;
  /** Lets a paused queue go on: its cause was mended, or the user wants to try. */
  resume(project: ProjectId): void;
  /** Holds every queue while the disk is low, for the reason given; null: there is space again, and what waited for it goes on. */
  waitForSpace(fault: Fault | null): void;
  /** All that writes at this moment. */
  readonly writers: Writers;
  view(): SupervisorView;
  /** Starts nothing more: what is queued stays queued, for the next service. */
  hold(): void;
  /** Lets go of every run without ending any. */
  dispose(): Promise<void>;
}

/** What is shared with runs that are driven elsewhere: who builds which snapshot, what was made ahead, and which runs there are beside those of briefs. */
export interface Beside {
  readonly builds: SnapshotBuilds;
  readonly warm: WarmPool;
  readonly run: (id: RunId) => Run | null;
  readonly all: () => readonly Run[];
}

export const createSupervisor = (deps: Deps, progress: ProgressBoard, beside: Beside, tell: (view: SupervisorView) => void): Supervisor => {
  const { store, engines } = deps;
  const { builds, warm } = beside;
  const writers = createWriters();
  const known = (id: RunId): Run | null => beside.run(id) ?? store.run(id);
  const driven = new Map<RunId, { controller: AbortController; ended: Promise<void> }>();
  const pauses: Pause[] = [];
  /** While the disk is low: it begins and ends with the space, whatever anybody launches. */
  let spacePause: Pause | null = null;
  let view: SupervisorView = { waiting: {}, pauses: [], slots: { used: 0, total: 1 } };
  let disposed = false;
  let isWoken = false;
  let isHeld = false;

  const pause = (project: ProjectId, fault: Fault): void => {
    // A full disk, and data of our own that cannot be written, are everybody's; all else is the project's.
    const projectId = fault.code === 'diskFull' || fault.code === 'internal' ? null : project;
    if (pauses.some((each) => each.projectId === projectId)) return;
    pauses.push({ projectId, fault, since: deps.clock.now() });
  };

  /** One cause is one message: runs that failed of the disk say the same as the disk. */
  const shownPauses = (): Pause[] => (spacePause === null ? [...pauses] : [spacePause, ...pauses.filter((each) => !isForSpace(each))]);
  const isForSpace = ({ projectId, fault }: Pause): boolean => projectId === null && fault.code === 'diskFull';

  /** Runs without a driver, because the log or the store failed under it; they stay as they are recorded. */
  const stranded = new Set<RunId>();
  /** The pause that stands for them: it ends by itself with the first of them that gets on. */
  let ownData: Pause | null = null;
  let callOffTakingUp = (): void => {};

  const strand = (run: Run, error: unknown): void => {
    if (disposed) return;
    stranded.add(run.id);
    const { code, message, next } = faultOf(error);
    const before = pauses.length;
    pause(run.projectId, { code: code === 'internal' ? code : 'diskFull', message: `Drydock cannot write its own data: ${message}`, next: code === 'internal' ? next : 'Free disk space; the run goes on by itself.' });
    if (pauses.length > before) ownData = pauses.at(-1) ?? null;
    callOffTakingUp();
    callOffTakingUp = deps.clock.after(TAKE_UP_MS, takeUp);
  };

  const takeUp = (): void => {
    for (const id of stranded) {
      const run = store.run(id);
      stranded.delete(id);
      if (run !== null) drive(run);
    }
  };

  const drive = (run: Run): void => {
    if (driven.has(run.id) || disposed) return;
    const entry = { controller: new AbortController(), ended: Promise.resolve() };
    driven.set(run.id, entry);
    let isStranded = false;
    entry.ended = driveRun({ deps, progress, builds, warm, writers, engineUp: (signal) => engineUp(engines, signal) }, run.id, () => entry.controller.signal)
      .catch((error: unknown) => {
        isStranded = true;
        strand(run, error);
      })
      .finally(() => {
        driven.delete(run.id);
        // Those that wait for this environment go on only now: whether it paused the queue is known.
        builds.end(run.id);
        if (stranded.size === 0) endOwnDataPause();
        // Asked for again while its driver was on the way out.
        const now = store.run(run.id);
        if (!isStranded && now !== null && isTakenUp(now)) drive(now);
        wake();
      });
  };

  const endOwnDataPause = (): void => {
    const index = ownData === null ? -1 : pauses.indexOf(ownData);
    if (index >= 0) pauses.splice(index, 1);
    ownData = null;
  };

  /** Whether a run is one to drive at once: what waits for a slot is not. */
  const isTakenUp = (run: Run): boolean => run.state.name !== 'queued' && !hasEnded(run.state) && !waitsForRecheck(run);

  /** Ended runs whose selection is to be checked, without a slot so far. They go before the queue: a person sits in front of them. */
  const waitingRechecks = (unended: readonly Run[]): Run[] => unended.filter((run) => waitsForRecheck(run) && !driven.has(run.id) && !stranded.has(run.id));

  const rankOf = (run: Run): number => store.brief(run.briefId)?.rank ?? 0;
  const numberOf = (run: Run): number => store.brief(run.briefId)?.number ?? 0;

  const look = (): void => {
    isWoken = false;
    if (disposed) return;
    const status: EngineStatus = engines.status();
    const unended = store.unendedRuns();
    const rechecks = waitingRechecks(unended);
    const total = slotsOf(status.state === 'up' ? status : null, readSettings(store).slots);
    const free = total - (unended.filter((run) => holdsSlot(run.state)).length - rechecks.length);
    const rechecked = rechecks.slice(0, Math.max(0, free));
    const used = total - free + rechecked.length;
    for (const run of rechecked) drive(run);
    const queued = unended
      .filter((run) => run.state.name === 'queued')
      .map((run) => ({ id: run.id, projectId: run.projectId, rank: rankOf(run), queuedAt: run.queuedAt, number: numberOf(run), after: run.order.text.after }));
    // A result that is checked again is there already: nobody waits for it.
    const underWay = new Set(unended.filter(({ state }) => state.name !== 'queued' && recheckOf(state) === null).map(numberOf));
    const plan = schedule({ queued, used, total, engineUp: status.state === 'up', pauses: shownPauses(), underWay });
    const inLine = rechecks.slice(rechecked.length).map((run) => [run.id, { kind: 'slots' as const, message: `All ${total} ${total === 1 ? 'slot is' : 'slots are'} in use.` }] as const);
    view = { waiting: { ...plan.waiting, ...Object.fromEntries(inLine) }, pauses: shownPauses(), slots: { used: used + plan.start.length, total } };
    for (const id of isHeld ? [] : plan.start) {
      try {
        start(id);
      } catch (error) {
        // Not recorded, so not started: it waits in the queue, which waits for the disk.
        const run = store.run(id);
        if (run !== null) strand(run, error);
        wake();
        break;
      }
    }
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
      const id = runId.safeParse(runOf(container));
      const ahead = container.labels[LABEL.warm];
      // Made ahead by a service that is gone, perhaps half: nobody takes it.
      if (!id.success && ahead !== undefined && !warm.isOwn(ahead)) await engine.remove(container.id);
      if (id.success && isOver(id.data)) await cleanUp(engine, deps.owner, id.data);
    }
    // Of a run that nobody knows any more, a network can be all that was made.
    for (const { labels } of await engine.networks({ [LABEL.owner]: deps.owner })) {
      const id = runId.safeParse(labels[LABEL.run]);
      if (id.success && known(id.data) === null) await cleanUp(engine, deps.owner, id.data);
    }
    for (const { reference, labels } of await engine.images({ [LABEL.owner]: deps.owner })) {
      if (isLeftOver(reference, labels)) await engine.removeImage(reference);
    }
  };

  const tidy = (): void => {
    const engine = engines.engine();
    if (engine === null) return;
    reap(engine).catch(() => {
      // A failed look concludes nothing; the next time the engine comes up looks again.
    });
  };

  const isOver = (id: RunId): boolean => {
    const run = known(id);
    return run === null || hasEnded(run.state);
  };

  /** An image of a run that has ended or of a project that is gone, or a snapshot that nobody recorded and nobody is making. */
  const isLeftOver = (reference: string, labels: Readonly<Record<string, string>>): boolean => {
    // First: a Dockerfile can give its image any other label.
    const madeFor = labels[DOCKERFILE_LABEL];
    if (madeFor !== undefined) return !store.projects().some((project) => project.id === madeFor);
    const id = runId.safeParse(labels[LABEL.run]);
    if (id.success) return isOver(id.data);
    const key = labels[SNAPSHOT_LABEL];
    if (key === undefined || [...store.unendedRuns(), ...beside.all()].some((each) => each.state.name === 'sealing')) return false;
    return store.snapshot(key)?.image !== reference;
  };

  /** Runs that ended without their log's end being written, because the service died in between. */
  const finishEnded = (): void => {
    for (const { currentRun } of store.briefs()) {
      const run = currentRun === null ? null : store.run(currentRun);
      if (run !== null && hasEnded(run.state) && store.progress(run.id)?.logEnded === false) drive(run);
    }
  };

  const stopListening = engines.onChange((status) => {
    if (status.state === 'up') tidy();
    wake();
  });

  return {
    begin: () => {
      for (const run of store.unendedRuns()) if (isTakenUp(run)) drive(run);
      finishEnded();
      tidy();
      wake();
    },
    wake,
    tidy,
    recorded: (run) => {
      const fault = driven.has(run.id) ? concernsMore(run) : null;
      if (fault !== null) pause(run.projectId, fault);
    },
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
      takeUp();
      wake();
    },
    waitForSpace: (fault) => {
      if (fault !== null) spacePause = { projectId: null, fault, since: spacePause?.since ?? deps.clock.now() };
      else if (spacePause !== null) {
        spacePause = null;
        // Their cause is mended.
        pauses.splice(0, pauses.length, ...pauses.filter((each) => !isForSpace(each)));
        takeUp();
      }
      wake();
    },
    writers,
    view: () => view,
    hold: () => {
      isHeld = true;
    },
    dispose: async () => {
      disposed = true;
      stopListening();
      callOffTakingUp();
      const entries = [...driven.values()];
      for (const { controller } of entries) controller.abort(new Interrupted('dispose'));
      await Promise.allSettled(entries.map((entry) => entry.ended));
    },
  };
};
