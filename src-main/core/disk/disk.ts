import type { DiskFreed, DiskReport } from '../../contract/disk.ts';
import type { CommandId } from '../../contract/ids.ts';
import { planCollection, type CollectionRule, type Holdings } from '../../domain/disk/plan-collection.ts';
import { planInWords } from '../../domain/disk/plan-in-words.ts';
import { hasEnded } from '../../domain/columns.ts';
import type { Change } from '../../ports/run-store.ts';
import type { Deps } from '../deps.ts';
import type { Once } from '../once.ts';
import { readSettings } from '../service/settings.ts';
import type { Supervisor } from '../supervisor/supervisor.ts';
import { carryOut } from './carry-out.ts';
import { heldSnapshots, nothingWeighed, readHoldings } from './holdings.ts';
import { createSpaceWatch, type SpaceWatch } from './space-watch.ts';

const GIB = 2 ** 30;
/** A snapshot that nobody used for so long is offered for removal, whatever the budget. */
const UNUSED_DAYS = 30;
/** After a run has ended, so that several that end together are one look. */
const SOON_MS = 5_000;
/** Between looks through everything. */
const DAILY_MS = 86_400_000;
/** After the start: who opens Drydock wants something else first. */
const FIRST_MS = 60_000;

/** The disks: what is held, what may go, and the automatic part of it. */
export interface Disk {
  report(): Promise<DiskReport>;
  free(once: Once, input: { commandId: CommandId; steps: readonly string[] }): Promise<DiskFreed>;
  readonly space: SpaceWatch;
  /** Keeps the budget when a run has ended or the settings have changed. */
  committed(change: Change): void;
  /** Looks at the free space, and from now on keeps the budget. */
  begin(): Promise<void>;
  dispose(): Promise<void>;
}

const NO_MORE: Holdings = { snapshots: [], images: [], logs: [], containers: [], objects: [] };

export const createDisk = (deps: Deps, supervisor: Supervisor): Disk => {
  const { store, clock } = deps;
  const weighed = nothingWeighed();
  let callOffSoon = (): void => {};
  let callOffDaily = (): void => {};
  let isDisposed = false;
  let working: Promise<unknown> = Promise.resolve();

  const rule = (unusedDays: number | null): CollectionRule => {
    const { snapshotBudgetGib, keepLogsDays } = readSettings(store);
    return { now: clock.now(), budgetBytes: snapshotBudgetGib * GIB, keepLogsDays, unusedDays };
  };

  /** While little space is left every snapshot that may go is offered. */
  const offered = async (isLow: boolean) => {
    const holdings = await readHoldings(deps, weighed);
    return { holdings, plan: planCollection(holdings, rule(isLow ? 0 : UNUSED_DAYS)) };
  };

  const space = createSpaceWatch(deps, supervisor, async () => planInWords((await offered(true)).plan.steps, clock.now()));

  const sum = (all: readonly { readonly bytes: number | null }[]) => ({ count: all.length, bytes: all.reduce((total, { bytes }) => total + (bytes ?? 0), 0) });

  const report = async (): Promise<DiskReport> => {
    const spaces = await space.spaces();
    const { holdings, plan } = await offered(spaces.some(({ freeBytes, floorBytes }) => freeBytes < floorBytes));
    const { snapshots, images, logs, projects, containers } = holdings;
    const { budgetBytes, now } = rule(null);
    return {
      at: now,
      spaces,
      holds: { snapshots: sum(snapshots), images: sum(images), logs: sum(logs), projects: sum(projects), containers: sum(containers) },
      budgetBytes,
      overBudgetBytes: plan.overBudgetBytes,
      summary: planInWords(plan.steps, now),
      freesBytes: plan.freesBytes,
      steps: [...plan.steps],
    };
  };

  /** One at a time: two that remove the same would count it twice. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = working.then(work);
    working = done.catch(() => {});
    return done;
  };

  const collect = (read: () => Promise<Holdings>): Promise<void> =>
    inTurn(async () => {
      if (isDisposed) return;
      const steps = planCollection(await read(), rule(null)).steps.filter(({ automatic }) => automatic);
      if (!isDisposed && steps.length > 0) await carryOut(deps, steps, weighed);
    }).catch(() => {
      // A look that failed removes nothing; the next one may see more.
    });

  /** What is let go of today is unneeded from tomorrow on. */
  const readAfterLettingGo = async (): Promise<Holdings> => {
    const busy = new Set(store.unendedRuns().map(({ projectId }) => projectId));
    for (const project of store.projects()) if (!busy.has(project.id)) await deps.depot.letGoOfBases(project).catch(() => {});
    return readHoldings(deps, weighed);
  };

  const keepBudgetSoon = (): void => {
    callOffSoon();
    if (!isDisposed) callOffSoon = clock.after(SOON_MS, () => void collect(async () => ({ ...NO_MORE, snapshots: await heldSnapshots(deps) })));
  };

  const collectDaily = (afterMs: number): void => {
    if (isDisposed) return;
    callOffDaily = clock.after(afterMs, () => void collect(readAfterLettingGo).finally(() => collectDaily(DAILY_MS)));
  };

  return {
    report,
    free: async (once, { commandId, steps }) => {
      // What is carried out is what may go now, of what was asked for: a report is older than its answer.
      const wanted = new Set(steps);
      let freed: DiskFreed | null = null;
      const answer = await once(commandId, async () => {
        freed = await inTurn(async () => {
          const { plan } = await offered(true);
          const done = await carryOut(deps, plan.steps.filter(({ id }) => wanted.has(id)), weighed);
          return { ...done, left: wanted.size - done.done };
        });
        const told = freed;
        return () => ({ answer: told, change: { events: [{ subject: 'disk', type: 'spaceFreed', data: told }] } });
      });
      if (freed !== null) void space.look().catch(() => {});
      return answer;
    },
    space,
    committed: (change) => {
      if (change.settings !== undefined) void space.look().catch(() => {});
      if (change.settings !== undefined || change.runs?.some(({ state }) => hasEnded(state)) === true) keepBudgetSoon();
    },
    begin: async () => {
      await space.look().catch(() => {});
      keepBudgetSoon();
      collectDaily(FIRST_MS);
    },
    dispose: async () => {
      isDisposed = true;
      callOffSoon();
      callOffDaily();
      space.dispose();
      await working;
    },
  };
};
