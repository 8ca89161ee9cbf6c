import type { Fault } from '../../src-main/contract/fault.ts';
import type { ProjectId } from '../../src-main/contract/ids.ts';
import type { KeptSnapshot } from '../../src-main/contract/live.ts';
import { api } from '../client/api.ts';
import { faultOf } from '../client/fault-of.ts';
import { useFleet } from '../client/fleet-store.ts';
import { newCommandId } from '../client/ids.ts';
import { showDone, showFault } from '../ui/toast.tsx';
import { useLookedUp } from './use-looked-up.ts';

export interface Snapshots {
  /** null before the first answer. */
  readonly list: readonly KeptSnapshot[] | null;
  readonly fault: Fault | null;
  readonly reload: () => void;
  readonly remove: (snapshot: KeptSnapshot, name: string) => void;
  /** Removes every snapshot of that environment that no run uses. */
  readonly reset: (project: ProjectId, name: string) => void;
}

const askForSnapshots = (signal: AbortSignal): Promise<readonly KeptSnapshot[]> => api.fleet.snapshots({}, { signal });

/** The kept snapshots; read again when a run sets up or ends, which makes or frees one. */
export const useSnapshots = (): Snapshots => {
  const moment = useFleet((fleet) => `${fleet.engine.state} ${fleet.slots.used}`);
  const { value: list, fault, reload, setValue } = useLookedUp(askForSnapshots, moment);
  const remove = (snapshot: KeptSnapshot, name: string): void => {
    api.fleet.removeSnapshot({ commandId: newCommandId(), key: snapshot.key }).then(
      () => {
        setValue((known) => known?.filter(({ key }) => key !== snapshot.key) ?? null);
        showDone(`The snapshot of ${name} is removed.`, 'The next run of that environment sets it up again.');
      },
      (error: unknown) => {
        showFault(faultOf(error));
        reload();
      },
    );
  };
  const reset = (projectId: ProjectId, name: string): void => {
    api.fleet.resetEnvironment({ commandId: newCommandId(), projectId }).then(
      ({ kept }) => showDone(`The environment of ${name} is reset.`, kept > 0 ? 'What a run under way uses stays.' : 'The next run sets it up again.'),
      (error: unknown) => showFault(faultOf(error)),
    ).finally(reload);
  };
  return { list, fault, reload, remove, reset };
};
