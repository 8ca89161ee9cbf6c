import { useCallback, useEffect, useState } from 'react';
import type { Fault } from '../../src-main/contract/fault.ts';
import type { FrozenNetwork, NetworkEntry } from '../../src-main/contract/network.ts';
import type { Run } from '../../src-main/contract/run.ts';
import { api } from '../client/api.ts';
import { useAway } from '../client/connection.ts';
import { faultOf } from '../client/fault-of.ts';
import { useProgress } from '../client/fleet-store.ts';

export interface NetworkFacts {
  readonly policy: FrozenNetwork;
  readonly entries: readonly NetworkEntry[];
}

interface Known {
  /** null before the first answer. */
  readonly facts: NetworkFacts | null;
  readonly fault: Fault | null;
  readonly reload: () => void;
}

/** What a run may reach and asked for; read again when its counts move, its state changes, or the service was away. */
export const useNetwork = (run: Run): Known => {
  const [facts, setFacts] = useState<NetworkFacts | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const [times, setTimes] = useState(0);
  const network = useProgress(run.id)?.network;
  const away = useAway();
  useEffect(() => {
    const giveUp = new AbortController();
    api.runs.network({ runId: run.id }, { signal: giveUp.signal }).then(
      (answer) => {
        if (giveUp.signal.aborted) return;
        setFacts(answer);
        setFault(null);
      },
      (error: unknown) => {
        if (!giveUp.signal.aborted) setFault(faultOf(error));
      },
    );
    return () => giveUp.abort();
  }, [run.id, run.state.name, network?.asked, network?.refused, away, times]);
  return { facts, fault, reload: useCallback(() => setTimes((before) => before + 1), []) };
};
