import type { RunId } from '../../contract/ids.ts';
import { holdsSlot } from '../../domain/columns.ts';
import type { Core } from '../create-core.ts';
import { recordRun } from '../runs/record-run.ts';

/** Cancels every run that is under way and waits until they have ended, at most `limitMs`. What is queued stays queued. */
export const stopRuns = async ({ deps, supervisor }: Pick<Core, 'supervisor'> & { readonly deps: Pick<Core['deps'], 'store' | 'clock'> }, limitMs: number): Promise<void> => {
  const { store, clock } = deps;
  supervisor.hold();
  const underWay = (): RunId[] => store.unendedRuns().filter((run) => holdsSlot(run.state)).map((run) => run.id);
  const ended = Promise.withResolvers<void>();
  const look = (): void => {
    if (underWay().length === 0) ended.resolve();
  };
  const stopListening = store.onCommit(look);
  const callOff = clock.after(limitMs, ended.resolve);
  for (const id of underWay()) {
    const run = store.run(id);
    if (run !== null && run.state.name !== 'cancelling') recordRun(deps, run, { kind: 'cancel' });
  }
  look();
  await ended.promise;
  callOff();
  stopListening();
};
