import type { DiskFreed, DiskStep } from '../../contract/disk.ts';
import type { RunId } from '../../contract/ids.ts';
import { assertNever } from '../../domain/assert-never.ts';
import { hasEnded } from '../../domain/columns.ts';
import { sizeInWords } from '../../domain/size-in-words.ts';
import type { Deps } from '../deps.ts';
import { removeImageOf } from '../fleet/snapshots.ts';
import { heldImages } from './held-images.ts';
import type { Weighed } from './holdings.ts';
import { keysInUse } from './snapshot-needs.ts';

export type CollectDeps = Pick<Deps, 'store' | 'engines' | 'logs' | 'depot' | 'clock' | 'owner'>;

/**
 * The log of a run that has ended is replaced by a line that says so: who looks for it later is not left to wonder. One whose run goes on,
 * because its selection is checked again, or that is still being written, stays.
 */
const removeLog = async ({ store, logs, clock }: CollectDeps, run: RunId, bytes: number | null): Promise<boolean> => {
  const now = store.run(run);
  if (now !== null && !hasEnded(now.state)) return false;
  // Refused while somebody writes it.
  await (await logs.open({ run, turn: 1 })).close();
  await logs.remove(run);
  const log = await logs.open({ run, turn: 1 });
  try {
    await log.append('drydock', 'stdout', Buffer.from(`The log of this run, ${sizeInWords(bytes ?? 0)}, was removed to free space on ${new Date(clock.now()).toISOString().slice(0, 10)}.\n`));
    await log.end();
  } finally {
    await log.close();
  }
  return true;
};

/** Carries out one step, if it may still be. Fine when it was carried out before. */
const carryOutStep = async (deps: CollectDeps, step: DiskStep, weighed: Weighed): Promise<boolean> => {
  const { store, engines, depot } = deps;
  switch (step.kind) {
    case 'snapshot':
      return evict(deps, step.key);
    case 'image':
      return removeMade(deps, step.id.slice('image:'.length));
    case 'log':
      weighed.logs.delete(step.runId);
      return removeLog(deps, step.runId, step.bytes);
    case 'container': {
      const engine = engines.engine();
      if (engine === null) return false;
      await engine.remove(step.id.slice('container:'.length));
      return true;
    }
    case 'objects': {
      const project = store.project(step.projectId);
      if (project === null || store.unendedRuns().some(({ projectId }) => projectId === step.projectId)) return false;
      await depot.dropUnneeded(project);
      weighed.objects.delete(step.projectId);
      return true;
    }
    default:
      return assertNever(step);
  }
};

/**
 * Forgets a snapshot, then removes its image. Killed in between, the image is one without a record, which goes when the engine is
 * next seen; the other way round a record would name an image that is not there.
 */
const evict = async ({ store, engines, clock }: CollectDeps, key: string): Promise<boolean> => {
  const known = store.snapshot(key);
  if (known === null) return false;
  const remove = await removeImageOf(engines, known.image);
  // Asked in the same breath as it is recorded: a run may have begun to use it.
  if (keysInUse(store).has(key) || store.snapshot(key) === null) return false;
  store.commit({ at: clock.now(), events: [{ subject: key, type: 'snapshotEvicted', data: { image: known.image } }], removedSnapshots: [key] });
  await remove();
  return true;
};

/** Removes an image that a Dockerfile made, by the id that it was seen with: another may be under its name by now. */
const removeMade = async (deps: CollectDeps, id: string): Promise<boolean> => {
  const engine = deps.engines.engine();
  const held = (await heldImages(deps)).find((image) => image.id === id);
  if (engine === null || held === undefined || held.inUse) return false;
  const [, another] = held.references;
  await engine.removeImage(another ?? id);
  // Of several names each goes by itself, and whether the image may go is asked again.
  return another === undefined || removeMade(deps, id);
};

/** Carries out the steps of a plan, each by itself: one that fails, or may not be any more, is left and the others go on. */
export const carryOut = async (deps: CollectDeps, steps: readonly DiskStep[], weighed: Weighed): Promise<DiskFreed> => {
  const freed = { freedBytes: 0, done: 0, left: 0 };
  for (const step of steps) {
    const isDone = await carryOutStep(deps, step, weighed).catch(() => false);
    if (isDone) {
      freed.done += 1;
      freed.freedBytes += step.bytes ?? 0;
    } else freed.left += 1;
  }
  return freed;
};
