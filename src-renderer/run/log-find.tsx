import { useEffect, useState, type ReactElement } from 'react';
import { findInLog } from './find-in-log.ts';
import type { LogReader } from './log-reader.ts';

/** Lines that hold the text looked for, and the one that is shown (-1: none). */
export interface Found {
  readonly lines: readonly number[];
  readonly current: number;
}

const FIND_AFTER_MS = 150;

interface LogFindProps {
  readonly reader: LogReader;
  readonly found: Found;
  readonly onFound: (found: Found) => void;
}

/** Finds text in the log: Enter goes to the next match, Shift and Enter to the one before. */
export const LogFind = ({ reader, found, onFound }: LogFindProps): ReactElement => {
  const [text, setText] = useState('');
  useEffect(() => {
    const stop = new AbortController();
    const timer = setTimeout(() => {
      if (text === '') return onFound({ lines: [], current: -1 });
      let shown = -1;
      findInLog(reader, text, stop.signal, (lines) => {
        if (shown < 0) shown = lines[0] ?? -1;
        onFound({ lines, current: shown });
      }).catch(() => undefined);
    }, FIND_AFTER_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [reader, text, onFound]);

  const step = (by: 1 | -1): void => {
    const { lines, current } = found;
    if (lines.length === 0) return;
    const at = lines.indexOf(current);
    onFound({ lines, current: lines[(at + by + lines.length) % lines.length] ?? -1 });
  };
  return (
    <form
      className="row"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        step(1);
      }}
    >
      <input
        type="search"
        className="input log-find"
        aria-label="Find in log"
        placeholder="Find"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !event.shiftKey) return;
          event.preventDefault();
          step(-1);
        }}
      />
      {text !== '' && (
        <span className="muted" role="status" data-testid="found">
          {found.lines.length === 0 ? 'none' : `${found.lines.indexOf(found.current) + 1} of ${found.lines.length}`}
        </span>
      )}
    </form>
  );
};
