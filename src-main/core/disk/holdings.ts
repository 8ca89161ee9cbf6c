import type { ProjectId, RunId } from '../../contract/ids.ts';
import { runId } from '../../contract/ids.ts';
import { hasEnded } from '../../domain/columns.ts';
import { LABEL } from '../../domain/container-spec.ts';
import type { HeldLog, HeldSnapshot, Holdings } from '../../domain/disk/plan-collection.ts';
import type { ContainerEngine } from '../../ports/container-engine.ts';
import type { Deps } from '../deps.ts';
import { inSlices } from '../in-slices.ts';
import { heldImages } from './held-images.ts';
import { countNeeds, keysInUse } from './snapshot-needs.ts';

type HoldingDeps = Pick<Deps, 'store' | 'engines' | 'logs' | 'depot' | 'clock' | 'owner'>;

/** Going through all objects of a project takes git a while: asked for again after so long. */
const OBJECTS_EVERY_MS = 10 * 60_000;

/** What is held, as the plan wants it, and how much all of it is, whether it may go or not. */
export interface AllHoldings extends Holdings {
  /** Bytes of everything of a project that is kept as git objects. */
  readonly projects: readonly { readonly projectId: ProjectId; readonly bytes: number }[];
}

/** Sizes that are dear to find out and seldom change. Lives as long as the service. */
export interface Weighed {
  readonly logs: Map<RunId, number>;
  readonly objects: Map<ProjectId, { readonly all: number; readonly unneeded: number; readonly at: number }>;
}

export const nothingWeighed = (): Weighed => ({ logs: new Map(), objects: new Map() });

/** The snapshots with what their images take. Those whose image was removed by hand take nothing and are left out. */
export const heldSnapshots = async ({ store, engines, clock, owner }: Pick<HoldingDeps, 'store' | 'engines' | 'clock' | 'owner'>): Promise<HeldSnapshot[]> => {
  const engine = engines.engine();
  const there = engine === null ? null : new Set((await engine.images({ [LABEL.owner]: owner })).map(({ reference }) => reference));
  const needs = await inSlices(clock, countNeeds(store));
  const held: HeldSnapshot[] = [];
  for (const { key, image, projectId, bytes, madeAt, lastUsedAt } of store.snapshots()) {
    if (there?.has(image) === false) continue;
    held.push({ key, projectId, bytes: bytes ?? (engine === null ? null : await weighSnapshot(store, engine, key, image)), madeAt, lastUsedAt, inUse: false, neededBy: needs.get(key) ?? 0 });
  }
  // Last, so that it holds at the moment of the answer.
  const inUse = keysInUse(store);
  return held.map((each) => ({ ...each, inUse: inUse.has(each.key) }));
};

/** Made before their sizes were recorded. */
const weighSnapshot = async (store: HoldingDeps['store'], engine: ContainerEngine, key: string, image: string): Promise<number | null> => {
  const bytes = await engine.lastLayerBytes(image).catch(() => null);
  if (bytes !== null) store.noteSnapshotBytes(key, bytes);
  return bytes;
};

function* fatesOf({ store }: Pick<HoldingDeps, 'store'>, ids: readonly RunId[]): Generator<void, { id: RunId; endedAt: number | null; fate: HeldLog['fate'] }[]> {
  const fates: { id: RunId; endedAt: number | null; fate: HeldLog['fate'] }[] = [];
  for (const id of ids) {
    const run = store.run(id);
    const isRemoved = run === null || store.brief(run.briefId) === null;
    const hasRun = run === null || hasEnded(run.state);
    fates.push({ id, endedAt: run === null ? 0 : hasRun ? run.endedAt : null, fate: isRemoved ? 'removed' : run.landed.length > 0 ? 'landed' : 'kept' });
    yield;
  }
  return fates;
}

const heldLogs = async (deps: HoldingDeps, weighed: Weighed): Promise<HeldLog[]> => {
  const logs: HeldLog[] = [];
  for (const { id, endedAt, fate } of await inSlices(deps.clock, fatesOf(deps, await deps.logs.runs()))) {
    const bytes = weighed.logs.get(id) ?? (await deps.logs.weigh(id));
    // One that has ended stays as it is.
    if (endedAt !== null) weighed.logs.set(id, bytes);
    logs.push({ runId: id, bytes, endedAt: endedAt ?? deps.clock.now(), fate: endedAt === null ? 'kept' : fate });
  }
  return logs;
};

/** Containers of runs that have ended or that nobody knows. They are removed when they are seen; what is still there could not be. */
const leftContainers = async ({ store, engines, owner }: HoldingDeps): Promise<Holdings['containers']> => {
  const engine = engines.engine();
  if (engine === null) return [];
  const left: Holdings['containers'][number][] = [];
  for (const { id, name, labels } of await engine.containers({ [LABEL.owner]: owner })) {
    const of = runId.safeParse(labels[LABEL.run]);
    if (!of.success) continue;
    const run = store.run(of.data);
    if (run === null || hasEnded(run.state)) left.push({ id, name, bytes: await engine.writtenBytes(id).catch(() => null) });
  }
  return left;
};

const heldObjects = async ({ store, depot, clock }: HoldingDeps, { objects }: Weighed): Promise<{ projects: AllHoldings['projects']; objects: Holdings['objects'] }> => {
  const busy = new Set(store.unendedRuns().map(({ projectId }) => projectId));
  const projects = [];
  for (const project of store.projects()) {
    const known = objects.get(project.id);
    const isOld = known === undefined || clock.monotonic() - known.at > OBJECTS_EVERY_MS;
    const now = isOld ? { ...(await depot.heldBytes(project).catch(() => known ?? { all: 0, unneeded: 0 })), at: clock.monotonic() } : known;
    objects.set(project.id, now);
    projects.push({ projectId: project.id, bytes: now.all, unneeded: now.unneeded });
  }
  // What a run is about to need may not be referred to yet.
  return { projects, objects: projects.filter(({ projectId }) => !busy.has(projectId)).map(({ projectId, unneeded }) => ({ projectId, bytes: unneeded })) };
};

/** Looks through all that Drydock holds. An engine that is away, or goes away meanwhile, has nothing to show; nothing is concluded from that. */
export const readHoldings = async (deps: HoldingDeps, weighed: Weighed): Promise<AllHoldings> => {
  const logs = await heldLogs(deps, weighed);
  const objects = await heldObjects(deps, weighed);
  const containers = await leftContainers(deps).catch(() => []);
  const snapshots = await heldSnapshots(deps).catch(() => heldSnapshots({ ...deps, engines: { ...deps.engines, engine: () => null } }));
  const images = await heldImages(deps).catch(() => []);
  return { logs, ...objects, containers, snapshots, images };
};
