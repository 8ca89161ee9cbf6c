import { useEffect, useMemo, useState } from 'react';
import type { RunChanges } from '../../src-main/contract/endpoints.ts';
import type { Fault } from '../../src-main/contract/fault.ts';
import type { Evidence } from '../../src-main/contract/result.ts';
import type { Run } from '../../src-main/contract/run.ts';
import { api } from '../client/api.ts';
import { faultOf } from '../client/fault-of.ts';
import { inTreeOrder } from './files/file-tree.ts';
import { useSettled } from './settling.ts';

type Answer<T> = { readonly data: T | null; readonly fault: Fault | null };
const NONE = { data: null, fault: null };

/** The changed files of a run's result, in the order of the tree; asked for once the result is there. */
export const useChanges = (run: Run): Answer<RunChanges> => {
  const [answer, setAnswer] = useState<Answer<RunChanges>>(NONE);
  const commit = run.turns.at(-1)?.result?.commit;
  const runId = run.id;
  useEffect(() => {
    if (!commit) return setAnswer(NONE);
    const giveUp = new AbortController();
    api.runs.changes({ runId }, { signal: giveUp.signal }).then(
      (data) => setAnswer({ data: { ...data, files: inTreeOrder(data.files) }, fault: null }),
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
  const [evidence, setEvidence] = useState<{ readonly of: string; readonly evidence: Evidence } | null>(null);
  const runId = run.id;
  // What the answer depends on: a comment or a viewed mark changes the run, and not its evidence.
  const asked = useMemo(
    () => JSON.stringify([run.id, run.excluded, run.excludedHunks, run.turns.at(-1)?.result?.tree, run.turns.at(-1)?.checks.length, run.state.name]),
    [run],
  );
  const has = Boolean(run.turns.at(-1)?.result);
  const settled = useSettled(runId);
  useEffect(() => {
    if (!has || !settled) return;
    const giveUp = new AbortController();
    api.runs.evidence({ runId }, { signal: giveUp.signal }).then(
      (answer) => {
        if (!giveUp.signal.aborted) setEvidence({ of: asked, evidence: answer });
      },
      () => undefined,
    );
    return () => giveUp.abort();
  }, [runId, has, asked, settled]);
  // What was true of the selection before must not stand beside this one, not even while it is asked for.
  return evidence?.of === asked ? evidence.evidence : null;
};
