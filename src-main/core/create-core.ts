import type { FleetChange, FleetState } from '../contract/fleet.ts';
import { hasEnded } from '../domain/columns.ts';
import { createCheckTries, type CheckTries } from './briefs/check-tries.ts';
import { createFleetFeed, changesOf, type FleetFeed } from './fleet/feed.ts';
import { createFleetMeter, type FleetMeter } from './fleet/measure.ts';
import { createOverlapWatch } from './fleet/overlaps.ts';
import type { Deps } from './deps.ts';
import { createDisk, type Disk } from './disk/disk.ts';
import { completeLandings } from './landing/land-result.ts';
import { createOnce, type Once } from './once.ts';
import { readSettings } from './service/settings.ts';
import { createPassingRuns } from './setup-tries/passing-runs.ts';
import { createSetupTries, type SetupTries } from './setup-tries/setup-tries.ts';
import { createProgressBoard } from './supervisor/progress-board.ts';
import { createSnapshotBuilds } from './supervisor/snapshot-builds.ts';
import { createSupervisor, type Supervisor } from './supervisor/supervisor.ts';
import { createWarmPool } from './warm/keep-warm.ts';
import { loadFor } from './warm/load.ts';
import type { WarmPool } from './warm/warm-pool.ts';

/** What the verbs work with: everything below them, and the things that live as long as the service. */
export interface Core {
  readonly deps: Deps;
  readonly once: Once;
  readonly feed: FleetFeed;
  readonly supervisor: Supervisor;
  readonly meter: FleetMeter;
  readonly tries: CheckTries;
  readonly warm: WarmPool;
  readonly disk: Disk;
  readonly setupTries: SetupTries;
  dispose(): Promise<void>;
}

/** Puts the core together and lets it take up what an earlier service left. */
export const createCore = async (deps: Deps): Promise<Core> => {
  const { store, engines } = deps;
  const tell = (...changes: FleetChange[]): void => feed.tell(changes);
  const progress = createProgressBoard(store, deps.clock, (batch) => {
    feed.tell(batch.map((each) => ({ kind: 'progress', progress: each })));
    overlaps.progressed(batch);
  });
  const overlaps = createOverlapWatch(deps, progress.get, (changes) => feed.tell(changes));
  const builds = createSnapshotBuilds();
  const passing = createPassingRuns(store);
  const warm = createWarmPool(deps, (project) => loadFor(deps, supervisor.view(), project), (counts) => tell({ kind: 'warm', warm: counts }));
  const supervisor: Supervisor = createSupervisor(deps, progress, { builds, warm, run: passing.run, all: passing.all }, ({ waiting, pauses, slots }) => {
    tell({ kind: 'waiting', waiting }, { kind: 'pauses', pauses: [...pauses] }, { kind: 'slots', slots });
  });
  // What passing runs use is in use too.
  const disk = createDisk({ ...deps, store: { ...store, run: passing.store.run, unendedRuns: () => [...store.unendedRuns(), ...passing.all().filter(({ state }) => !hasEnded(state))] } }, supervisor);
  const read = (): FleetState => {
    const briefs = store.briefs();
    const runs = briefs.flatMap((brief) => (brief.currentRun === null ? [] : (store.run(brief.currentRun) ?? [])));
    const { waiting, pauses, slots } = supervisor.view();
    return {
      projects: store.projects(),
      briefs,
      runs,
      progress: [...runs.flatMap((run) => (run.state.name === 'queued' ? [] : [progress.get(run.id)])), ...setupTries.progress()],
      waiting,
      pauses: [...pauses],
      engine: engines.status(),
      slots,
      settings: readSettings(store),
      overlaps: overlaps.current(),
      setupTries: setupTries.all(),
      warm: warm.counts(),
    };
  };
  const feed: FleetFeed = createFleetFeed(deps.ids.random(), read);
  const setupTries = createSetupTries(deps, passing, { builds, writers: supervisor.writers }, (changes) => feed.tell(changes));

  const stops = [
    store.onCommit((change) => {
      feed.tell(changesOf(change));
      overlaps.committed(change);
      disk.committed(change);
      if (change.settings !== undefined) tell({ kind: 'settings', settings: readSettings(store) });
      // Effects follow from what was committed, never the other way round.
      for (const run of change.runs ?? []) {
        supervisor.recorded(run);
        if (run.state.name === 'cancelling') supervisor.interrupt(run.id);
        // Only a person's command lets a paused queue go on: launching or retrying says "try again".
        if (change.events.some(({ type, subject }) => type === 'runQueued' && subject === run.id)) supervisor.resume(run.projectId);
      }
      // A new name or colour mends nothing.
      const isShownOnly = change.events.some(({ type }) => type === 'projectEdited');
      for (const project of isShownOnly ? [] : (change.projects ?? [])) supervisor.resume(project.id);
      if (change.removedProjects !== undefined) supervisor.tidy();
      // An image that a container was made from cannot be removed.
      if (change.removedSnapshots !== undefined) void Promise.all(change.removedSnapshots.map((key) => warm.forget(key))).then(() => supervisor.tidy(), () => {});
      supervisor.wake();
      warm.wake();
    }),
    engines.onChange((engine) => {
      tell({ kind: 'engine', engine });
      warm.wake();
    }),
  ];
  await completeLandings(deps);
  // Before anything starts: on a disk that is low the queue waits from the beginning.
  await disk.begin();
  supervisor.begin();
  warm.wake();
  const tries = createCheckTries(deps, supervisor.writers);
  return {
    deps,
    once: createOnce(deps),
    feed,
    supervisor,
    meter: createFleetMeter(deps),
    tries,
    warm,
    disk,
    setupTries,
    dispose: async () => {
      for (const stop of stops) stop();
      overlaps.dispose();
      await Promise.all([setupTries.dispose(), tries.dispose(), disk.dispose()]);
      await supervisor.dispose();
      await warm.dispose();
      progress.flush();
    },
  };
};
