import { useCallback, useEffect, useState } from 'react';
import type { Fault } from '../../src-main/contract/fault.ts';
import { useAway } from '../client/connection.ts';
import { faultOf } from '../client/fault-of.ts';

interface Answer<T> {
  /** The last answer, kept while it is asked for again. */
  readonly value: T | null;
  readonly fault: Fault | null;
  readonly busy: boolean;
  /** The service is not answering: the value is the one from before. */
  readonly away: boolean;
  readonly again: () => void;
}

/** What the service says to one question, asked when the component comes, whenever it is wanted, and when the service is back. `ask` has to stay the same function. */
export const useAnswer = <T>(ask: (signal: AbortSignal) => Promise<T>): Answer<T> => {
  const [value, setValue] = useState<T | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const [busy, setBusy] = useState(true);
  const [times, setTimes] = useState(0);
  const away = useAway();
  useEffect(() => {
    const giveUp = new AbortController();
    setBusy(true);
    ask(giveUp.signal)
      .then(
        (answer) => {
          if (giveUp.signal.aborted) return;
          setValue(answer);
          setFault(null);
        },
        (error: unknown) => {
          if (!giveUp.signal.aborted) setFault(faultOf(error));
        },
      )
      .finally(() => {
        if (!giveUp.signal.aborted) setBusy(false);
      });
    return () => giveUp.abort();
  }, [ask, times, away]);
  return { value, fault, busy, away, again: useCallback(() => setTimes((before) => before + 1), []) };
};
