import { useEffect, useState } from 'react';
import type { RunBaseNow } from '../../src-main/contract/endpoints.ts';
import type { Run } from '../../src-main/contract/run.ts';
import { api } from '../client/api.ts';
import { useSettled } from './settling.ts';

/** Where the branch is now that a run started from, for what is selected; null until that is known. Asked again when the window comes back to the front. */
export const useBaseNow = (run: Run, wanted: boolean): RunBaseNow | null => {
  const [answer, setAnswer] = useState<{ readonly of: string; readonly now: RunBaseNow } | null>(null);
  const [returns, setReturns] = useState(0);
  const settled = useSettled(run.id);
  const runId = run.id;
  const of = JSON.stringify([run.id, run.excluded, run.excludedHunks]);
  useEffect(() => {
    const back = (): void => setReturns((count) => count + 1);
    window.addEventListener('focus', back);
    return () => window.removeEventListener('focus', back);
  }, []);
  useEffect(() => {
    if (!wanted || !settled) return;
    const giveUp = new AbortController();
    api.runs.baseNow({ runId }, { signal: giveUp.signal }).then(
      (now) => {
        if (!giveUp.signal.aborted) setAnswer({ of, now });
      },
      // The landing dialog says what is wrong with the repository.
      () => undefined,
    );
    return () => giveUp.abort();
  }, [runId, of, wanted, settled, returns]);
  // Of another selection it says nothing.
  return wanted && answer?.of === of ? answer.now : null;
};
