import { createHash } from 'node:crypto';
import { treeId, type TreeId } from '../../contract/ids.ts';
import type { Environment, Project } from '../../contract/project.ts';
import { snapshotIdentity } from '../../domain/snapshot-key.ts';
import type { ContainerEngine } from '../../ports/container-engine.ts';
import type { SnapshotRecord } from '../../ports/run-store.ts';
import type { Deps } from '../deps.ts';

/** Label of snapshot images, with the key as its value. */
export const SNAPSHOT_LABEL = 'drydock.snapshot';

/** Label of snapshot images that maintenance made: how many times since setup. */
export const MAINTAINED_LABEL = 'drydock.maintained';

/** Label of snapshot images, with the id of the image that setup began from: it stays as long as they do. */
export const BUILT_ON_LABEL = 'drydock.built-on';

/** Each time adds a layer, of which an engine takes about 120, and what was replaced in it stays: then setup begins anew. */
const MOST_MAINTAINED = 20;
/** Older snapshots that are looked at for one to go on from. */
const MOST_LOOKED_AT = 20;

/** How often maintenance has run since setup in what an image holds. */
export const timesMaintained = async (engine: ContainerEngine, image: string): Promise<number> => Number((await engine.image(image))?.labels[MAINTAINED_LABEL] ?? 0);

/** Whether there is anything to set up. Without, a snapshot holds the workspace alone, and only a heavy one has a snapshot. */
export const hasSetup = (environment: Environment): boolean => environment.setup.trim() !== '';

/** What a tree has at the paths of an environment's lock files: text or not, by its object. */
const lockFilesOf = async (depot: Deps['depot'], project: Project, environment: Environment, tree: TreeId): Promise<Map<string, string>> => {
  const found = await depot.files(project, tree, environment.lockFiles);
  return new Map(found.map(({ path, mode, id }) => [path, `${mode} ${id}`]));
};

/** Paths of an environment's lock files that differ between two trees. */
export const changedLockFiles = async ({ depot }: Pick<Deps, 'depot'>, project: Project, environment: Environment, trees: readonly [TreeId, TreeId]): Promise<string[]> => {
  if (trees[0] === trees[1]) return [];
  const [then, now] = await Promise.all([lockFilesOf(depot, project, environment, trees[0]), lockFilesOf(depot, project, environment, trees[1])]);
  return [...new Set([...then.keys(), ...now.keys()])].filter((path) => then.get(path) !== now.get(path)).toSorted();
};

export interface SnapshotWanted {
  readonly project: Project;
  readonly environment: Environment;
  readonly tree: TreeId;
  readonly imageId: string;
}

/** The key of an environment's snapshot for a base: the same key, the same content. */
export const snapshotKey = async (
  { depot, secrets }: Pick<Deps, 'depot' | 'secrets'>,
  { project, environment, tree, imageId }: SnapshotWanted,
): Promise<string> => {
  const [lockFiles, facts] = await Promise.all([
    lockFilesOf(depot, project, environment, tree),
    environment.secrets.length === 0 ? [] : secrets.facts(project.id),
  ]);
  const versions = new Map(facts.map(({ name, version }) => [name, version]));
  return createHash('sha256').update(snapshotIdentity({ project: project.id, imageId, environment, lockFiles, secrets: versions })).digest('hex');
};

/**
 * The newest snapshot of the same environment but for its lock files, which maintenance can go on from, with the paths of those that have
 * changed since; null: there is none, or it was gone on from too often. One that is being made has no record, so is none.
 */
export const snapshotBefore = async (deps: Pick<Deps, 'depot' | 'secrets' | 'store'>, engine: ContainerEngine, wanted: SnapshotWanted): Promise<{ readonly record: SnapshotRecord & { tree: TreeId }; readonly changed: readonly string[] } | null> => {
  const { project, environment, tree } = wanted;
  const known = deps.store.snapshots().filter(({ projectId }) => projectId === project.id);
  for (const each of known.slice(0, MOST_LOOKED_AT)) {
    const before = treeId.safeParse(each.tree);
    // Its key, were it made now: the same only where nothing else has changed. A base that the depot has let go of is none to move from.
    if (!before.success || (await snapshotKey(deps, { ...wanted, tree: before.data }).catch(() => null)) !== each.key) continue;
    const record = await findSnapshot(deps, engine, each.key);
    if (record === null || (await timesMaintained(engine, record.image)) >= MOST_MAINTAINED) continue;
    return { record: { ...record, tree: before.data }, changed: await changedLockFiles(deps, project, environment, [before.data, tree]) };
  }
  return null;
};

/** The snapshot of a key, when its image is there too. One whose image was removed by hand is forgotten. */
export const findSnapshot = async ({ store }: Pick<Deps, 'store'>, engine: ContainerEngine, key: string): Promise<SnapshotRecord | null> => {
  const known = store.snapshot(key);
  if (known === null) return null;
  const image = await engine.image(known.image);
  // Asked again: it may have been removed by a person while the engine was asked.
  if (image !== null) return store.snapshot(key);
  store.removeSnapshot(key);
  return null;
};
