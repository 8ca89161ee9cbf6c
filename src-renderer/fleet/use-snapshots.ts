import { useCallback, useEffect, useState } from 'react';
import type { Fault } from '../../src-main/contract/fault.ts';
import type { KeptSnapshot } from '../../src-main/contract/live.ts';
import { api } from '../client/api.ts';
import { faultOf } from '../client/fault-of.ts';
import { useFleet } from '../client/fleet-store.ts';
import { newCommandId } from '../client/ids.ts';
import { showDone, showFault } from '../ui/toast.tsx';

export interface Snapshots {
  /** null before the first answer. */
  readonly list: readonly KeptSnapshot[] | null;
  readonly fault: Fault | null;
  readonly reload: () => void;
  readonly remove: (snapshot: KeptSnapshot, name: string) => void;
}

/** The kept snapshots; read again when a run sets up or ends, which makes or frees one. */
export const useSnapshots = (): Snapshots => {
  const [list, setList] = useState<readonly KeptSnapshot[] | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const [asked, setAsked] = useState(0);
  const moment = useFleet((fleet) => `${fleet.engine.state} ${fleet.slots.used}`);
  useEffect(() => {
    const giveUp = new AbortController();
    api.fleet.snapshots({}, { signal: giveUp.signal }).then(
      (found) => {
        setList(found);
        setFault(null);
      },
      (error: unknown) => {
        if (!giveUp.signal.aborted) setFault(faultOf(error));
      },
    );
    return () => giveUp.abort();
  }, [moment, asked]);
  const reload = useCallback(() => setAsked((times) => times + 1), []);
  const remove = (snapshot: KeptSnapshot, name: string): void => {
    api.fleet.removeSnapshot({ commandId: newCommandId(), key: snapshot.key }).then(
      () => {
        setList((known) => known?.filter(({ key }) => key !== snapshot.key) ?? null);
        showDone(`The snapshot of ${name} is removed.`, 'The next run of that environment sets it up again.');
      },
      (error: unknown) => {
        showFault(faultOf(error));
        reload();
      },
    );
  };
  return { list, fault, reload, remove };
};
