import { useEffect, useState } from 'react';
import type { Brief } from '../../src-main/contract/brief.ts';
import type { Run } from '../../src-main/contract/run.ts';
import { api } from './api.ts';
import { useFleet } from './fleet-store.ts';

/** Every attempt at a brief, newest first, each as fresh as the window knows it. */
export const useRunsOf = (brief: Brief): readonly Run[] => {
  const { id, currentRun } = brief;
  const [runs, setRuns] = useState<readonly Run[]>([]);
  const live = useFleet((fleet) => fleet.runs);
  useEffect(() => {
    const giveUp = new AbortController();
    api.runs.ofBrief({ briefId: id }, { signal: giveUp.signal }).then(setRuns, () => undefined);
    return () => giveUp.abort();
  }, [id, currentRun]);
  const known = new Map(runs.filter((run) => run.briefId === id).map((run) => [run.id, live[run.id] ?? run]));
  const current = currentRun && live[currentRun];
  if (current) known.set(current.id, current);
  return [...known.values()].sort((a, b) => b.attempt - a.attempt);
};
