import { memo, type ReactElement } from 'react';
import type { LogReader } from './log-reader.ts';

export const ROW = 18;

/** The name of a source as the log shows it. */
const sourceInWords = (source: string): string => {
  const [kind, check, side] = source.split(':');
  return kind === 'check' ? `check ${Number(check) + 1} ${side}` : (kind ?? '');
};

interface RowProps {
  readonly line: number;
  readonly text: string;
  readonly source: string;
  readonly isError: boolean;
  readonly isMatch: boolean;
  readonly isCurrent: boolean;
}

const Row = memo(({ line, text, source, isError, isMatch, isCurrent }: RowProps): ReactElement => (
  <div className={`log-row${isMatch ? ' match' : ''}${isCurrent ? ' current' : ''}`} data-line={line + 1}>
    <span className="log-source">{source}</span>
    <span className="log-number">{line + 1}</span>
    <span className={`literal${isError ? ' log-error' : ''}`}>{text}</span>
  </div>
));

interface LogRowsProps {
  readonly reader: LogReader;
  readonly from: number;
  readonly to: number;
  readonly matches: ReadonlySet<number>;
  readonly current: number;
}

/** The rows of a range of lines, each as plain text. */
export const LogRows = ({ reader, from, to, matches, current }: LogRowsProps): ReactElement => (
  <>
    {Array.from({ length: Math.max(0, to - from) }, (_, index) => {
      const line = from + index;
      const mark = reader.markOf(line);
      const before = line > 0 ? reader.markOf(line - 1)?.source : undefined;
      return (
        <Row
          key={line}
          line={line}
          text={reader.text(line) ?? '…'}
          source={mark && (mark.source !== before || index === 0) ? sourceInWords(mark.source) : ''}
          isError={mark?.stream === 'stderr'}
          isMatch={matches.has(line)}
          isCurrent={line === current}
        />
      );
    })}
  </>
);
