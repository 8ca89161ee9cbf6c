import { useEffect, useState } from 'react';
import type { LogReader } from './log-reader.ts';
import { scanLog, type Scanned, type Wanted } from './scan-log.ts';

/** What a scan of a log has found so far; null while nothing is looked for. Another `wanted` begins anew, after a moment. */
export const useScan = (reader: LogReader, wanted: Wanted | null, afterMs: number): Scanned | null => {
  const [found, setFound] = useState<{ readonly wanted: Wanted; readonly scanned: Scanned } | null>(null);
  useEffect(() => {
    if (wanted === null) return undefined;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      void scanLog(reader, wanted, stop.signal, (scanned) => setFound({ wanted, scanned }));
    }, afterMs);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [reader, wanted, afterMs]);
  return found !== null && found.wanted === wanted ? found.scanned : null;
};
