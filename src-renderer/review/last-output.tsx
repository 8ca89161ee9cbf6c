import { useEffect, useState, type ReactElement } from 'react';
import type { Run } from '../../src-main/contract/run.ts';
import { phaseOf } from '../../src-main/domain/run-machine.ts';
import { api } from '../client/api.ts';
import { lastLinesOf, LOOKED_AT } from './last-lines.ts';

const NONE: readonly string[] = [];

/** The last lines of the phase in which a run ended; none until they are there, and none where they cannot be had: the log is one click away. */
const useLastLines = (run: Run): readonly string[] => {
  const [lines, setLines] = useState(NONE);
  const runId = run.id;
  const turn = run.turns.at(-1)?.number ?? 1;
  const phase = phaseOf(run.state);
  useEffect(() => {
    const giveUp = new AbortController();
    const { signal } = giveUp;
    const pull = async (): Promise<void> => {
      const { length } = await api.runs.log({ runId, turn, offset: 0, max: 1 }, { signal });
      const end = await api.runs.log({ runId, turn, offset: Math.max(0, length - LOOKED_AT), max: LOOKED_AT }, { signal });
      if (!signal.aborted) setLines(lastLinesOf(end, phase));
    };
    pull().catch(() => undefined);
    return () => giveUp.abort();
  }, [runId, turn, phase]);
  return lines;
};

/** What a run printed last where it ended: often that alone says why. */
export const LastOutput = ({ run }: { readonly run: Run }): ReactElement | null => {
  const lines = useLastLines(run);
  return lines.length === 0 ? null : (
    <pre className="text-box last-output mono literal" tabIndex={0} aria-label="Last lines of the log">
      {lines.join('\n')}
    </pre>
  );
};
