import { useEffect, useState } from 'react';
import type { RunChanges } from '../../src-main/contract/endpoints.ts';
import type { Fault } from '../../src-main/contract/fault.ts';
import type { Evidence } from '../../src-main/contract/result.ts';
import type { Run } from '../../src-main/contract/run.ts';
import { api } from '../client/api.ts';
import { faultOf } from '../client/fault-of.ts';

type Answer<T> = { readonly data: T | null; readonly fault: Fault | null };
const NONE = { data: null, fault: null };

/** The changed files of a run's result; asked for once the result is there. */
export const useChanges = (run: Run): Answer<RunChanges> => {
  const [answer, setAnswer] = useState<Answer<RunChanges>>(NONE);
  const commit = run.turns.at(-1)?.result?.commit;
  const runId = run.id;
  useEffect(() => {
    if (!commit) return setAnswer(NONE);
    const giveUp = new AbortController();
    api.runs.changes({ runId }, { signal: giveUp.signal }).then(
      (data) => setAnswer({ data, fault: null }),
      (error: unknown) => {
        if (!giveUp.signal.aborted) setAnswer({ data: null, fault: faultOf(error) });
      },
    );
    return () => giveUp.abort();
  }, [runId, commit]);
  return answer;
};

/** The evidence for what is selected right now; another selection is another tree. */
export const useEvidence = (run: Run): Evidence | null => {
  const [evidence, setEvidence] = useState<Evidence | null>(null);
  const { id: runId, excluded } = run;
  const checks = run.turns.at(-1)?.checks.length ?? 0;
  const commit = run.turns.at(-1)?.result?.commit;
  const selection = excluded.join('\0');
  useEffect(() => {
    if (!commit) return setEvidence(null);
    const giveUp = new AbortController();
    api.runs.evidence({ runId }, { signal: giveUp.signal }).then(setEvidence, () => undefined);
    return () => giveUp.abort();
  }, [runId, commit, selection, checks]);
  return evidence;
};
