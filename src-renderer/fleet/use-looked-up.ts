import { useCallback, useEffect, useState, type Dispatch, type SetStateAction } from 'react';
import type { Fault } from '../../src-main/contract/fault.ts';
import { useAway } from '../client/connection.ts';
import { faultOf } from '../client/fault-of.ts';

export interface LookedUp<T> {
  /** null before the first answer. */
  readonly value: T | null;
  readonly fault: Fault | null;
  readonly reload: () => void;
  readonly setValue: Dispatch<SetStateAction<T | null>>;
}

/** What a call answers, asked again whenever `moment` is another, and of each service anew. `ask` must stay the same function. */
export const useLookedUp = <T>(ask: (signal: AbortSignal) => Promise<T>, moment: string): LookedUp<T> => {
  const [value, setValue] = useState<T | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const [asked, setAsked] = useState(0);
  const away = useAway();
  useEffect(() => {
    if (away) return;
    const giveUp = new AbortController();
    ask(giveUp.signal).then(
      (found) => {
        setValue(found);
        setFault(null);
      },
      (error: unknown) => {
        if (!giveUp.signal.aborted) setFault(faultOf(error));
      },
    );
    return () => giveUp.abort();
  }, [ask, moment, asked, away]);
  const reload = useCallback(() => setAsked((times) => times + 1), []);
  return { value, fault, reload, setValue };
};
