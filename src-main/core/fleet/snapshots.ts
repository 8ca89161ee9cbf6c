import type { CommandId } from '../../contract/ids.ts';
import type { KeptSnapshot } from '../../contract/live.ts';
import { currentTurn } from '../../domain/run-machine.ts';
import type { RunStore } from '../../ports/run-store.ts';
import type { Deps } from '../deps.ts';
import { DONE, type Nothing, type Once } from '../once.ts';
import { refuse } from '../refusal.ts';

/** Keys that runs under way have started from, or will: check containers are made from the same one as the work. */
const keysInUse = (store: RunStore): Set<string> => new Set(store.unendedRuns().flatMap((run) => currentTurn(run).snapshot?.key ?? []));

/** The sealed environments of this machine, newest first. Without an engine their sizes are not known. */
export const listSnapshots = async ({ store, engines }: Pick<Deps, 'store' | 'engines'>): Promise<KeptSnapshot[]> => {
  const inUse = keysInUse(store);
  const engine = engines.engine();
  return Promise.all(
    store.snapshots().map(async ({ key, image, projectId, madeAt, lastUsedAt, uses }) => {
      const facts = (await engine?.image(image).catch(() => null)) ?? null;
      return { key, image, projectId, madeAt, lastUsedAt, uses, sizeBytes: facts?.sizeBytes ?? null, inUse: inUse.has(key) };
    }),
  );
};

/** Forgets a snapshot and removes its image; the next run of that environment sets it up again. Fine when it is gone. */
export const removeSnapshot = async (
  { store, engines }: Pick<Deps, 'store' | 'engines'>,
  once: Once,
  input: { commandId: CommandId; key: string },
): Promise<Nothing> => {
  const known = store.snapshot(input.key);
  const answer = await once(input.commandId, () => {
    if (keysInUse(store).has(input.key)) refuse('refusedByState', 'A run under way uses this snapshot.', 'Wait for the run to end, or cancel it.');
    return { answer: DONE, change: { events: [{ subject: input.key, type: 'snapshotRemoved', data: {} }], removedSnapshots: [input.key] } };
  });
  // What cannot be removed now is without a record, and goes when the engine is next seen.
  if (known !== null && store.snapshot(input.key) === null) await engines.engine()?.removeImage(known.image).catch(() => {});
  return answer;
};
