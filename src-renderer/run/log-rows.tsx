import type { ReactElement } from 'react';
import type { LogReader } from './log-reader.ts';
import { LogHeading } from './log-heading.tsx';
import { LogRow } from './log-row.tsx';
import type { Scanned } from './scan-log.ts';
import type { StreamRows } from './stream-rows.ts';

interface LogRowsProps {
  readonly reader: LogReader;
  readonly rows: StreamRows;
  readonly from: number;
  readonly to: number;
  readonly folded: ReadonlySet<string>;
  readonly found: Scanned | null;
  readonly errors: Scanned | null;
  readonly current: number;
  readonly times: boolean;
  readonly now: number;
  readonly onFold: (key: string) => void;
}

/** The drawn rows of the stream: headings, and lines as text. */
export const LogRows = ({ reader, rows, from, to, folded, found, errors, current, times, now, onFold }: LogRowsProps): ReactElement => (
  <>
    {Array.from({ length: Math.max(0, to - from) }, (_, index) => {
      const row = rows.at(from + index);
      if (row === null) return null;
      if (row.kind === 'heading') return <LogHeading key={row.section.key} row={from + index} section={row.section} folded={folded.has(row.section.key)} now={now} onFold={onFold} />;
      const text = reader.line(row.line);
      const mark = reader.markOf(row.line);
      return (
        <LogRow
          key={row.line}
          line={row.line}
          row={from + index}
          raw={text?.raw ?? ''}
          more={text?.more ?? 0}
          loaded={text !== null}
          isStderr={mark?.stream === 'stderr'}
          looksLikeError={errors?.lines.has(row.line) ?? false}
          isHit={found?.lines.has(row.line) ?? false}
          isCurrent={row.line === current}
          at={times ? (mark?.at ?? 0) : null}
        />
      );
    })}
  </>
);
