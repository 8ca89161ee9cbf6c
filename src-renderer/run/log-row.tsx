import { memo, type CSSProperties, type ReactElement } from 'react';
import { bytes, timeOfDay } from '../ui/format.ts';
import { paintedLine } from './ansi.ts';

interface RowProps {
  readonly line: number;
  readonly row: number;
  readonly raw: string;
  readonly more: number;
  /** Known to be loaded; else its bytes are under way. */
  readonly loaded: boolean;
  readonly isStderr: boolean;
  readonly looksLikeError: boolean;
  readonly isHit: boolean;
  readonly isCurrent: boolean;
  /** When it came; null: not shown. */
  readonly at: number | null;
}

/** One line of the log. */
export const LogRow = memo(({ line, row, raw, more, loaded, isStderr, looksLikeError, isHit, isCurrent, at }: RowProps): ReactElement => (
  <div className={`log-row${isStderr ? ' stderr' : ''}${looksLikeError ? ' error' : ''}${isHit ? ' hit' : ''}${isCurrent ? ' current' : ''}`} data-line={line + 1} data-row={row}>
    {at !== null && <span className="log-time">{timeOfDay(at)}</span>}
    <span className="log-number" title={isStderr ? 'Written to stderr' : undefined}>
      {line + 1}
      {isStderr && <span className="hidden-text">, stderr</span>}
    </span>
    <span className="log-text literal">
      {!loaded && <span className="log-more">…</span>}
      {paintedLine(raw).map(({ text, look, fg, bg }, part) =>
        look === '' ? text : <span key={part} className={look} style={{ ...(fg !== undefined && { '--fg': fg }), ...(bg !== undefined && { '--bg': bg }) } as CSSProperties}>{text}</span>,
      )}
    </span>
    {more > 0 && <span className="log-more"> … {bytes(more)} more on this line</span>}
  </div>
));
