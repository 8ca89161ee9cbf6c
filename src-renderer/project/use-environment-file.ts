import { useCallback, useEffect, useState } from 'react';
import type { EnvironmentFileReading } from '../../src-main/contract/endpoints.ts';
import type { Fault } from '../../src-main/contract/fault.ts';
import type { Project } from '../../src-main/contract/project.ts';
import { api } from '../client/api.ts';
import { faultOf } from '../client/fault-of.ts';

export interface EnvironmentFileLook {
  /** null: not known (yet). */
  readonly reading: EnvironmentFileReading | null;
  readonly fault: Fault | null;
  readonly look: () => void;
}

/** What the last commit says about the environment; looked at again when the environment in use changes, and when somebody comes back to the window. */
export const useEnvironmentFile = (project: Project): EnvironmentFileLook => {
  const { id, environment } = project;
  const [state, setState] = useState<Omit<EnvironmentFileLook, 'look'>>({ reading: null, fault: null });
  const [looked, setLooked] = useState(0);
  const look = useCallback(() => setLooked((times) => times + 1), []);
  useEffect(() => {
    window.addEventListener('focus', look);
    return () => window.removeEventListener('focus', look);
  }, [look]);
  useEffect(() => {
    const giveUp = new AbortController();
    api.projects.readEnvironmentFile({ projectId: id }, { signal: giveUp.signal }).then(
      (reading) => setState({ reading, fault: null }),
      (error: unknown) => {
        if (!giveUp.signal.aborted) setState({ reading: null, fault: faultOf(error) });
      },
    );
    return () => giveUp.abort();
  }, [id, environment, looked]);
  return { ...state, look };
};
