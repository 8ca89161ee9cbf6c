import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { errorLines } from './error-lines.ts';
import { findPattern } from './find-pattern.ts';
import type { LogReader } from './log-reader.ts';
import { changeLogSettings, useLogSettings } from './log-settings.ts';
import type { Scanned, Wanted } from './scan-log.ts';
import { useScan } from './use-scan.ts';

/** Rest between two keys before a search begins, in milliseconds. */
const FIND_AFTER_MS = 150;
/** A log up to this many bytes is looked through for errors by itself; a larger one when somebody asks. */
const BY_ITSELF = 64 * 1024 * 1024;

export interface LogSearch {
  readonly text: string;
  readonly setText: (text: string) => void;
  readonly matchCase: boolean;
  readonly setMatchCase: (on: boolean) => void;
  readonly pattern: RegExp | null;
  readonly found: Scanned | null;
  readonly errors: Scanned | null;
  /** The line that was jumped to last; -1: none. */
  readonly current: number;
  readonly goTo: (line: number) => void;
  readonly stepFound: (by: 1 | -1) => void;
  readonly stepErrors: (by: 1 | -1) => void;
}

/** The line after or before another one, around the ends. */
const neighbour = ({ lines }: Scanned, from: number, by: 1 | -1): number => {
  const at = lines.indexOf(from);
  const next = by > 0 ? (lines.at(at) === from ? at + 1 : at) : at - 1;
  return lines.at((next + lines.count) % lines.count) ?? -1;
};

/** Finding text and errors in a whole log. `topLine` says where somebody who has not jumped yet is; `show` brings a line into view. */
export const useLogSearch = (reader: LogReader, topLine: () => number, show: (line: number) => void): LogSearch => {
  const [text, setText] = useState('');
  const matchCase = useLogSettings((settings) => settings.matchCase);
  const [current, setCurrent] = useState(-1);
  const [asked, setAsked] = useState(false);
  const pattern = useMemo(() => findPattern(text, matchCase), [text, matchCase]);
  const wanted = useMemo<Wanted | null>(() => (pattern === null ? null : { pattern: new RegExp(pattern) }), [pattern]);
  const isSmall = reader.lines.length > 0 && reader.available <= BY_ITSELF;
  // Once it has begun it goes on, however large a live log grows.
  if (isSmall && !asked) setAsked(true);
  const lookForErrors = asked || isSmall;
  const errorsWanted = useMemo(() => (lookForErrors ? errorLines() : null), [lookForErrors]);
  const found = useScan(reader, wanted, FIND_AFTER_MS);
  const errors = useScan(reader, errorsWanted, 0);

  const goTo = useCallback(
    (line: number): void => {
      setCurrent(line);
      if (line >= 0) show(line);
    },
    [show],
  );
  const shownFor = useRef<Wanted | null>(null);
  const waitsFor = useRef<{ readonly of: 'found' | 'errors'; readonly by: 1 | -1 } | null>(null);
  const first = found?.lines.at(0);
  useEffect(() => {
    // The first hit of a new search is shown at once; a step that was asked for before there was one is taken now.
    if (wanted !== null && first !== undefined && shownFor.current !== wanted) {
      shownFor.current = wanted;
      goTo(first);
    }
  }, [wanted, first, goTo]);
  const step = (scanned: Scanned | null, of: 'found' | 'errors', by: 1 | -1): void => {
    if (scanned === null || scanned.lines.count === 0) {
      waitsFor.current = { of, by };
      if (of === 'errors') setAsked(true);
      return;
    }
    goTo(neighbour(scanned, current >= 0 ? current : by > 0 ? topLine() - 1 : topLine(), by));
  };
  const firstError = errors?.lines.at(0);
  useEffect(() => {
    if (waitsFor.current?.of !== 'errors' || firstError === undefined) return;
    waitsFor.current = null;
    goTo(firstError);
  }, [firstError, goTo]);

  return {
    text,
    setText,
    matchCase,
    setMatchCase: (on) => changeLogSettings({ matchCase: on }),
    pattern,
    found,
    errors,
    current,
    goTo,
    stepFound: (by) => step(found, 'found', by),
    stepErrors: (by) => step(errors, 'errors', by),
  };
};
