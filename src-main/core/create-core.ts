import type { FleetChange, FleetState } from '../contract/fleet.ts';
import { createCheckTries, type CheckTries } from './briefs/check-tries.ts';
import { createFleetFeed, changesOf, type FleetFeed } from './fleet/feed.ts';
import { createFleetMeter, type FleetMeter } from './fleet/measure.ts';
import { createOverlapWatch } from './fleet/overlaps.ts';
import type { Deps } from './deps.ts';
import { completeLandings } from './landing/land-result.ts';
import { createOnce, type Once } from './once.ts';
import { createShells, type Shells } from './runs/live-shell.ts';
import { readSettings } from './service/settings.ts';
import { createProgressBoard } from './supervisor/progress-board.ts';
import { createSupervisor, type Supervisor } from './supervisor/supervisor.ts';

/** What the verbs work with: everything below them, and the things that live as long as the service. */
export interface Core {
  readonly deps: Deps;
  readonly once: Once;
  readonly feed: FleetFeed;
  readonly supervisor: Supervisor;
  readonly meter: FleetMeter;
  readonly shells: Shells;
  readonly tries: CheckTries;
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
  const supervisor = createSupervisor(deps, progress, ({ waiting, pauses, slots }) => {
    tell({ kind: 'waiting', waiting }, { kind: 'pauses', pauses: [...pauses] }, { kind: 'slots', slots });
  });
  const read = (): FleetState => {
    const briefs = store.briefs();
    const runs = briefs.flatMap((brief) => (brief.currentRun === null ? [] : (store.run(brief.currentRun) ?? [])));
    const { waiting, pauses, slots } = supervisor.view();
    return {
      projects: store.projects(),
      briefs,
      runs,
      progress: runs.flatMap((run) => (run.state.name === 'queued' ? [] : [progress.get(run.id)])),
      waiting,
      pauses: [...pauses],
      engine: engines.status(),
      slots,
      settings: readSettings(store),
      overlaps: overlaps.current(),
    };
  };
  const feed: FleetFeed = createFleetFeed(deps.ids.random(), read);

  const stops = [
    store.onCommit((change) => {
      feed.tell(changesOf(change));
      overlaps.committed(change);
      if (change.settings !== undefined) tell({ kind: 'settings', settings: readSettings(store) });
      // Effects follow from what was committed, never the other way round.
      for (const run of change.runs ?? []) {
        supervisor.recorded(run);
        if (run.state.name === 'cancelling') supervisor.interrupt(run.id);
        // Only a person's command lets a paused queue go on: launching or retrying says "try again".
        if (run.state.name === 'queued' && change.receipt !== undefined) supervisor.resume(run.projectId);
      }
      // A new name or colour mends nothing.
      const isShownOnly = change.events.some(({ type }) => type === 'projectEdited');
      for (const project of isShownOnly ? [] : (change.projects ?? [])) supervisor.resume(project.id);
      if (change.removedProjects !== undefined) supervisor.tidy();
      supervisor.wake();
    }),
    engines.onChange((engine) => tell({ kind: 'engine', engine })),
  ];
  await completeLandings(deps);
  supervisor.begin();
  const shells = createShells(deps);
  const tries = createCheckTries(deps);
  return {
    deps,
    once: createOnce(deps),
    feed,
    supervisor,
    meter: createFleetMeter(deps),
    shells,
    tries,
    dispose: async () => {
      for (const stop of stops) stop();
      overlaps.dispose();
      await Promise.all([shells.dispose(), tries.dispose()]);
      await supervisor.dispose();
      progress.flush();
    },
  };
};
