import type { CommandId, ProjectId } from '../../contract/ids.ts';
import type { KeptSnapshot } from '../../contract/live.ts';
import type { EngineConnection } from '../../ports/engine-connection.ts';
import type { Deps } from '../deps.ts';
import { heldSnapshots } from '../disk/holdings.ts';
import { keysInUse } from '../disk/snapshot-needs.ts';
import { DONE, type Nothing, type Once, type Outcome } from '../once.ts';
import { refuse } from '../refusal.ts';
import { requireProject } from '../require.ts';

/** The sealed environments of this machine, newest first. Of one whose image is gone the size is not known. */
export const listSnapshots = async (deps: Pick<Deps, 'store' | 'engines' | 'clock' | 'owner'>): Promise<KeptSnapshot[]> => {
  const offline = { ...deps, engines: { ...deps.engines, engine: () => null } };
  const held = new Map((await heldSnapshots(deps).catch(() => heldSnapshots(offline))).map((each) => [each.key, each]));
  return deps.store.snapshots().map(({ key, image, projectId, madeAt, lastUsedAt, uses }) => {
    const { bytes = null, inUse = false, neededBy = 0 } = held.get(key) ?? {};
    return { key, image, projectId, madeAt, lastUsedAt, uses, sizeBytes: bytes, inUse, neededBy };
  });
};

/**
 * Looks which image it is now, and returns the way to remove exactly that one: by the time it is done another run may have
 * set up the same environment under the same name. What cannot be removed is without a record by then, and goes when the engine is next seen.
 */
export const removeImageOf = async (engines: EngineConnection, image: string): Promise<() => Promise<void>> => {
  const engine = engines.engine();
  const found = (await engine?.image(image).catch(() => null)) ?? null;
  return async () => {
    if (found !== null) await engine?.removeImage(found.id).catch(() => {});
  };
};

/** What forgetting a snapshot changes. Refused while a run uses it. */
export const snapshotRemoval = (store: Deps['store'], key: string): Outcome<Nothing>['change'] => {
  if (keysInUse(store).has(key)) refuse('refusedByState', 'A run under way uses this snapshot.', 'Wait for the run to end, or cancel it.');
  return { events: [{ subject: key, type: 'snapshotRemoved', data: {} }], removedSnapshots: [key] };
};

/** Forgets a snapshot and removes its image; the next run of that environment sets it up again. Fine when it is gone. */
export const removeSnapshot = async (
  { store, engines }: Pick<Deps, 'store' | 'engines'>,
  once: Once,
  input: { commandId: CommandId; key: string },
): Promise<Nothing> => {
  const known = store.snapshot(input.key);
  const remove = known === null ? null : await removeImageOf(engines, known.image);
  const answer = await once(input.commandId, () => ({ answer: DONE, change: snapshotRemoval(store, input.key) }));
  if (store.snapshot(input.key) === null) await remove?.();
  return answer;
};

/** Forgets every snapshot of a project that no run uses, and removes their images: its environment is set up from the beginning. */
export const resetEnvironment = async (
  { store, engines }: Pick<Deps, 'store' | 'engines'>,
  once: Once,
  input: { commandId: CommandId; projectId: ProjectId },
): Promise<{ removed: number; kept: number }> => {
  const own = store.snapshots().filter(({ projectId }) => projectId === input.projectId);
  const removals = new Map(await Promise.all(own.map(async ({ key, image }) => [key, await removeImageOf(engines, image)] as const)));
  const answer = await once(input.commandId, () => {
    requireProject(store, input.projectId);
    const inUse = keysInUse(store);
    const keys = store.snapshots().filter(({ projectId, key }) => projectId === input.projectId && !inUse.has(key)).map(({ key }) => key);
    const kept = store.snapshots().filter(({ projectId, key }) => projectId === input.projectId && inUse.has(key)).length;
    return {
      answer: { removed: keys.length, kept },
      change: { events: [{ subject: input.projectId, type: 'environmentReset', data: { keys } }], removedSnapshots: keys },
    };
  });
  for (const [key, remove] of removals) if (store.snapshot(key) === null) await remove();
  return answer;
};
