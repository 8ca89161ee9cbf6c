import { createHash } from 'node:crypto';
import type { TreeId } from '../../contract/ids.ts';
import type { Environment, Project } from '../../contract/project.ts';
import { snapshotIdentity } from '../../domain/snapshot-key.ts';
import type { ContainerEngine } from '../../ports/container-engine.ts';
import type { SnapshotRecord } from '../../ports/run-store.ts';
import type { Deps } from '../deps.ts';
import { refuse } from '../refusal.ts';

/** Whether there is anything to set up. Without, a snapshot holds the workspace alone, and only a heavy one has a snapshot. */
export const hasSetup = (environment: Environment): boolean => environment.setup.trim() !== '';

/** The image that an environment starts from. Fault: imageMissing. */
export const requireImage = async (
  { baseImage }: Pick<Deps, 'baseImage'>,
  engine: ContainerEngine,
  environment: Environment,
): Promise<{ reference: string; id: string }> => {
  const chosen = environment.image;
  const reference = chosen ?? baseImage;
  const image = await engine.image(reference);
  if (image !== null) return { reference, id: image.id };
  return refuse(
    'imageMissing',
    `The image ${reference} is not on this machine.`,
    chosen === null ? 'Run `npm start` once: it builds the base image.' : `Pull or build ${reference}, then retry.`,
  );
};

/** The key of an environment's snapshot for a base: the same key, the same content. */
export const snapshotKey = async (
  { depot }: Pick<Deps, 'depot'>,
  { project, environment, tree, imageId }: { project: Project; environment: Environment; tree: TreeId; imageId: string },
): Promise<string> => {
  const lockFiles = await depot.texts(project, tree, environment.lockFiles);
  return createHash('sha256').update(snapshotIdentity({ project: project.id, imageId, environment, lockFiles })).digest('hex');
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
