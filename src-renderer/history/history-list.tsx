import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useImperativeHandle, useRef, useState, type ReactElement, type Ref } from 'react';
import { useActions } from '../client/actions.ts';
import { wordsOf } from '../ui/marked-text.tsx';
import { HistoryRow } from './history-row.tsx';
import { runAgain } from './run-again.ts';
import { isEnded } from './state-sign.ts';
import type { History } from './use-history.ts';

/** Heights of a row in pixels: with a line that says where the words were found, and without. */
const WITH_SNIPPET = 48;
const PLAIN = 36;
/** How many rows before its end the list asks for more. */
const AHEAD = 30;

export interface HistoryListHandle {
  readonly focus: () => void;
}

interface ListProps {
  readonly history: History;
  readonly found: NonNullable<History['found']>;
  readonly handle: Ref<HistoryListHandle>;
}

/** The runs, drawn where they are seen. One row has the focus: j and k, the arrow keys, Home and End move it. */
export const HistoryList = ({ history, found, handle }: ListProps): ReactElement => {
  const { rows, hasMore, filter } = found;
  const { more } = history;
  const box = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState(0);
  // Where the focus is to go as soon as its row is drawn.
  const wanted = useRef<number | null>(null);
  const words = wordsOf(filter.text);
  const height = words.length > 0 ? WITH_SNIPPET : PLAIN;
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => box.current, estimateSize: () => height, overscan: 12, getItemKey: (at) => rows[at]?.runId ?? at });
  const drawn = virtual.getVirtualItems();
  const at = Math.min(current, rows.length - 1);

  useEffect(() => virtual.measure(), [height, virtual]);
  useEffect(() => {
    box.current?.scrollTo({ top: 0 });
    setCurrent(0);
  }, [filter]);
  const lastDrawn = drawn.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && lastDrawn >= rows.length - AHEAD) more();
  }, [hasMore, lastDrawn, rows.length, more]);
  const focusWanted = (): void => {
    if (wanted.current === null) return;
    const row = box.current?.querySelector<HTMLElement>(`[data-index="${wanted.current}"]`);
    if (!row) return;
    wanted.current = null;
    row.focus({ preventScroll: true });
  };
  useEffect(focusWanted);

  const go = (to: number): void => {
    const next = Math.max(0, Math.min(rows.length - 1, to));
    wanted.current = next;
    virtual.scrollToIndex(next);
    setCurrent(next);
    focusWanted();
  };
  useImperativeHandle(handle, () => ({ focus: () => go(at) }));
  const isInside = (): boolean => box.current?.contains(document.activeElement) === true;
  const chosen = rows[at];
  useActions([
    { title: 'Next run', section: 'History', keys: 'j', hidden: true, run: () => go(isInside() ? at + 1 : at) },
    { title: 'Previous run', section: 'History', keys: 'k', hidden: true, run: () => go(isInside() ? at - 1 : at) },
    {
      title: 'Run the chosen one again',
      section: 'History',
      keys: 'r',
      also: 'retry rerun',
      run: () => {
        if (chosen && isEnded(chosen.state)) runAgain(chosen);
      },
    },
  ]);
  const page = Math.max(1, Math.floor((box.current?.clientHeight ?? 0) / height) - 1);
  const steps: Readonly<Record<string, number>> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1, PageDown: at + page, PageUp: at - page };

  return (
    <div
      ref={box}
      className="history-list"
      role="grid"
      aria-label="Runs"
      aria-rowcount={hasMore ? -1 : rows.length + 1}
      aria-busy={history.busy}
      onKeyDown={(event) => {
        const to = steps[event.key];
        if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
        event.preventDefault();
        go(to);
      }}
    >
      <div role="row" aria-rowindex={1} className="history-head">
        {['Brief', 'Goal', 'Attempt', 'State', 'Change', 'Queued', 'Took', 'Run again'].map((title, column) => (
          <span key={title} role="columnheader" className={column === 7 ? 'hidden-text' : undefined}>
            {title}
          </span>
        ))}
      </div>
      <div role="rowgroup" className="history-rows" style={{ height: virtual.getTotalSize() }}>
        {drawn.map(({ index, start, key }) => {
          const row = rows[index];
          return row && <HistoryRow key={key} row={row} index={index} words={words} top={start} height={height} isCurrent={index === at} onCurrent={setCurrent} />;
        })}
      </div>
    </div>
  );
};
