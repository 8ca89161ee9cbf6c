import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { HistoryPage } from '../../src-main/contract/endpoints.ts';
import type { Fault } from '../../src-main/contract/fault.ts';
import { api } from '../client/api.ts';
import { useAway } from '../client/connection.ts';
import { faultOf } from '../client/fault-of.ts';
import { useFleet } from '../client/fleet-store.ts';
import { queryOf, type HistoryFilter } from './filter.ts';

export type HistoryRow = HistoryPage['runs'][number];

/** Runs asked for at once. */
const PAGE = 100;
/** How long the hand has to rest before what was typed is looked for, in milliseconds. */
const REST_MS = 120;

interface Found {
  readonly rows: readonly HistoryRow[];
  readonly hasMore: boolean;
  /** What these rows answer. */
  readonly filter: HistoryFilter;
}

export interface History {
  /** The last answer, kept while the next one is awaited; null before the first. */
  readonly found: Found | null;
  readonly busy: boolean;
  readonly fault: Fault | null;
  /** Asks for the runs before the last one that is shown. */
  readonly more: () => void;
  readonly again: () => void;
}

/** Later rows in place of earlier ones of the same run, without doubles. */
const joined = (known: readonly HistoryRow[], next: readonly HistoryRow[]): HistoryRow[] => {
  const seen = new Set(known.map(({ runId }) => runId));
  return [...known, ...next.filter(({ runId }) => !seen.has(runId))];
};

/** The runs that a filter lets through. Answers to questions that are no longer asked are dropped. */
export const useHistory = (asIs: HistoryFilter): History => {
  const [found, setFound] = useState<Found | null>(null);
  const [busy, setBusy] = useState(true);
  const [fault, setFault] = useState<Fault | null>(null);
  const [asked, setAsked] = useState(0);
  const key = JSON.stringify(asIs);
  // The same object for as long as it says the same, so that nothing is asked twice.
  const filter = useMemo(() => JSON.parse(key) as HistoryFilter, [key]);
  // A run that comes or ends changes the list.
  const live = useFleet((fleet) => `${Object.keys(fleet.runs).length} ${fleet.slots.used}`);
  // What was missed while the service was away is read when it is back.
  const away = useAway();
  const last = useRef<HistoryFilter | null>(null);
  const paging = useRef<AbortController | null>(null);

  useEffect(() => {
    const giveUp = new AbortController();
    paging.current?.abort();
    paging.current = null;
    setBusy(true);
    const ask = async (): Promise<void> => {
      try {
        const { runs } = await api.history.query({ ...queryOf(filter, new Date()), limit: PAGE }, { signal: giveUp.signal });
        if (giveUp.signal.aborted) return;
        const isSame = last.current === filter;
        last.current = filter;
        // The same question asked again: what was scrolled to stays, below what is new.
        setFound((before) => (isSame && before && before.rows.length > runs.length ? { ...before, rows: joined(runs, before.rows) } : { rows: runs, hasMore: runs.length >= PAGE, filter }));
        setFault(null);
      } catch (error) {
        if (!giveUp.signal.aborted) setFault(faultOf(error));
      }
      if (!giveUp.signal.aborted) setBusy(false);
    };
    const isTyping = last.current !== null && last.current.text !== filter.text;
    const timer = setTimeout(() => void ask(), isTyping ? REST_MS : 0);
    return () => {
      clearTimeout(timer);
      giveUp.abort();
    };
  }, [filter, asked, live, away]);

  const before = found?.hasMore === true ? found.rows.at(-1)?.queuedAt : undefined;
  const more = useCallback(() => {
    if (before === undefined || paging.current !== null) return;
    const giveUp = new AbortController();
    paging.current = giveUp;
    api.history.query({ ...queryOf(filter, new Date()), before, limit: PAGE }, { signal: giveUp.signal }).then(
      ({ runs }) => {
        if (giveUp.signal.aborted) return;
        paging.current = null;
        setFound((known) => known && { ...known, rows: joined(known.rows, runs), hasMore: runs.length >= PAGE });
      },
      (error: unknown) => {
        if (giveUp.signal.aborted) return;
        paging.current = null;
        setFault(faultOf(error));
      },
    );
  }, [before, filter]);

  return { found, busy, fault, more, again: () => setAsked((times) => times + 1) };
};
