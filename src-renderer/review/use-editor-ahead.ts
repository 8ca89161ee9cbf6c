import { useEffect } from 'react';
import { useFleet } from '../client/fleet-store.ts';
import { loadDiffEditor } from './diff/load-diff-editor.ts';

/** Fetches the editor in an idle moment once there is a result that somebody may want to look at. */
export const useEditorAhead = (): void => {
  const wanted = useFleet((fleet) => Object.values(fleet.runs).some((run) => run.turns.at(-1)?.result));
  useEffect(() => {
    if (!wanted) return undefined;
    const asked = requestIdleCallback(() => void loadDiffEditor().catch(() => undefined));
    return () => cancelIdleCallback(asked);
  }, [wanted]);
};
