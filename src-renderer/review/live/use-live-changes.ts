import { useEffect, useState } from 'react';
import type { Fault } from '../../../src-main/contract/fault.ts';
import type { LiveChanges } from '../../../src-main/contract/live.ts';
import type { RunId } from '../../../src-main/contract/ids.ts';
import { api } from '../../client/api.ts';
import { faultOf } from '../../client/fault-of.ts';

/** How often a run under way is asked what it has touched, in milliseconds; only while somebody looks. */
const ASK_EVERY_MS = 3_000;

/** What a run under way has touched so far. Nothing is asked while the window is hidden. */
export const useLiveChanges = (runId: RunId, works: boolean): { readonly changes: LiveChanges | null; readonly fault: Fault | null } => {
  const [changes, setChanges] = useState<LiveChanges | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  useEffect(() => {
    if (!works) return;
    const giveUp = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    const ask = async (): Promise<void> => {
      try {
        if (document.visibilityState === 'visible') setChanges(await api.runs.liveChanges({ runId }, { signal: giveUp.signal }));
        setFault(null);
      } catch (error) {
        if (!giveUp.signal.aborted) setFault(faultOf(error));
      }
      if (!giveUp.signal.aborted) timer = setTimeout(() => void ask(), ASK_EVERY_MS);
    };
    void ask();
    return () => {
      giveUp.abort();
      clearTimeout(timer);
    };
  }, [runId, works]);
  return { changes, fault };
};
