import { useCallback, useEffect, useImperativeHandle, useLayoutEffect, useMemo, useReducer, useRef, useState, type ReactElement, type Ref } from 'react';
import type { Run } from '../../src-main/contract/run.ts';
import { hasEnded } from '../../src-main/domain/columns.ts';
import { count } from '../ui/format.ts';
import { DownArrowIcon } from '../ui/icons.tsx';
import { Keys } from '../ui/keys.tsx';
import { useNow } from '../ui/use-now.ts';
import { LogBar } from './log-bar.tsx';
import { NoLog } from './no-log.tsx';
import { LogRows } from './log-rows.tsx';
import { LogScroll } from './log-scroll.ts';
import { useLogSettings } from './log-settings.ts';
import { clearHighlights, paintHighlights } from './paint-highlights.ts';
import { sectionsOf } from './sections.ts';
import { StreamRows } from './stream-rows.ts';
import { useCopy } from './use-copy.ts';
import { useLog } from './use-log.ts';
import { useLogActions } from './use-log-actions.ts';
import { useLogSearch } from './use-log-search.ts';
import { useLogSelection } from './use-log-selection.ts';
import './log.css';

/** What others can ask of the log. */
export interface LogHandle {
  /** Brings the part of a phase into view. */
  readonly showPhase: (phase: string) => void;
}

const NONE: ReadonlySet<string> = new Set();

/** The heights of the drawn rows, by row. */
const heightsIn = (rows: HTMLElement): Map<number, number> => new Map([...rows.querySelectorAll<HTMLElement>('[data-row]')].map((row) => [Number(row.dataset['row']), row.offsetHeight]));

/** The run as one stream: follows its end until somebody looks further up, finds text and errors, draws only what is seen. */
export const LogView = ({ run, ref }: { readonly run: Run; readonly ref: Ref<LogHandle> }): ReactElement => {
  const reader = useLog(run);
  const { wrap, times } = useLogSettings();
  const [folded, setFolded] = useState(NONE);
  const [scroll] = useState(() => new LogScroll());
  const [, redraw] = useReducer((version: number) => version + 1, 0);
  const box = useRef<HTMLDivElement>(null);
  const drawnRows = useRef<HTMLDivElement>(null);
  const find = useRef<HTMLInputElement>(null);
  const now = useNow(!hasEnded(run.state));

  const lines = reader.lines.count;
  const pieces = reader.pieces.length;
  // The pieces grow in place; how many there are stands for them.
  const sections = useMemo(() => sectionsOf(run, reader.pieces.slice(0, pieces), lines), [run, reader, pieces, lines]);
  const rows = useMemo(() => new StreamRows(sections, folded), [sections, folded]);
  const drawn = scroll.draw(rows, wrap, lines);

  const topLine = useCallback(() => rows.lineAt(scroll.topRow), [rows, scroll]);
  const show = useCallback(
    (line: number): void => {
      const key = rows.sectionOf(line)?.key;
      if (key !== undefined && folded.has(key)) setFolded(new Set([...folded].filter((each) => each !== key)));
      scroll.show(line);
      redraw();
    },
    [rows, folded, scroll],
  );
  // Somebody who comes to a run that broke off wants to see where: what was tidied up after it may be longer than the screen.
  const brokeAt = sections.findLast((section) => section.state === 'failed' && section.to > section.from)?.to ?? lines;
  const sought = useRef(hasEnded(run.state));
  useEffect(() => {
    if (!sought.current || !reader.ended) return;
    sought.current = false;
    if (brokeAt < lines && scroll.follow) show(brokeAt - 1);
  }, [reader.ended, brokeAt, lines, scroll, show]);
  const search = useLogSearch(reader, topLine, show);
  const { pattern, current: currentLine } = search;
  const { selection, select, onMouseDown } = useLogSelection(box, drawnRows, scroll, redraw);
  const copy = useCopy(reader, rows, folded);
  const fold = useCallback((key: string) => setFolded((old) => (old.has(key) ? new Set([...old].filter((each) => each !== key)) : new Set([...old, key]))), []);
  const toEnd = (): void => {
    scroll.toEnd();
    redraw();
  };
  const wholeOf = (from: number, to: number): void => copy({ anchor: { line: from, at: 0 }, focus: { line: to, at: Number.MAX_SAFE_INTEGER } });

  useImperativeHandle(
    ref,
    () => ({
      showPhase: (phase) => {
        const row = rows.headingOf((section) => section.phase === phase);
        if (row < 0) return;
        scroll.showRow(row);
        redraw();
      },
    }),
    [rows, scroll],
  );

  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    let width = element.clientWidth;
    const observer = new ResizeObserver(() => {
      scroll.view = element.clientHeight;
      if (element.clientWidth !== width) scroll.forget();
      width = element.clientWidth;
      redraw();
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroll]);

  useLayoutEffect(() => {
    const [outer, inner] = [box.current, drawnRows.current];
    if (!outer || !inner) return;
    if (wrap) {
      if (scroll.measured(heightsIn(inner))) redraw();
    } else {
      // Rows come and go; the way to the side stays as wide as the widest of them was.
      const width = inner.scrollWidth;
      if (width > outer.clientWidth && width > Number.parseInt(inner.style.minWidth || '0', 10)) inner.style.minWidth = `${width}px`;
    }
    const top = scroll.top;
    if (Math.abs(outer.scrollTop - top) > 1 && (scroll.follow || scroll.takesBar)) outer.scrollTop = top;
    scroll.settled(outer.scrollTop);
    paintHighlights(inner, selection, pattern, currentLine);
  }, [drawn, wrap, scroll, selection, pattern, currentLine]);
  useEffect(() => {
    const inner = drawnRows.current;
    if (!inner || !wrap) return undefined;
    // A font that comes late wraps lines anew, without a word to anybody.
    const observer = new ResizeObserver(() => {
      if (scroll.measured(heightsIn(inner))) redraw();
    });
    observer.observe(inner);
    return () => observer.disconnect();
  }, [wrap, scroll]);
  useLayoutEffect(() => {
    if (drawnRows.current) drawnRows.current.style.minWidth = '';
  }, [wrap, reader]);
  useEffect(() => clearHighlights, []);

  const leaveFind = (): void => {
    search.setText('');
    search.goTo(-1);
    box.current?.focus({ preventScroll: true });
  };
  const findIt = (): void => {
    find.current?.focus();
    find.current?.select();
  };
  useLogActions({ search, find: findIt, toEnd, toStart: () => { scroll.showRow(0); redraw(); } });

  const foldable = sections.filter((section) => section.to > section.from);
  return (
    <section className="log" aria-label="Log">
      <LogBar
        run={run}
        reader={reader}
        search={search}
        find={find}
        lines={lines}
        hasSelection={selection !== null}
        canFold={foldable.length > 0}
        onLeaveFind={leaveFind}
        onCopySelection={() => selection && copy(selection)}
        onCopyShown={() => wholeOf(rows.lineAt(drawn.from), Math.min(lines - 1, rows.lineAt(Math.max(drawn.from, drawn.to - 1))))}
        onCopyAll={() => wholeOf(0, lines - 1)}
        onFoldAll={(all) => setFolded(all ? new Set(foldable.map((section) => section.key)) : NONE)}
      />
      <div className="log-space">
        <div
          className={`log-box${wrap ? ' wrap' : ''}`}
          ref={box}
          tabIndex={0}
          role="log"
          aria-live="off"
          aria-label="Output"
          onMouseDown={onMouseDown}
          onPointerDown={() => scroll.hold()}
          onScroll={(event) => {
            if (scroll.scrolled(event.currentTarget.scrollTop)) redraw();
          }}
          onScrollEnd={() => {
            scroll.takeBar();
            redraw();
          }}
          onWheel={(event) => {
            if (event.deltaY < 0 && scroll.release()) redraw();
          }}
          onKeyDown={(event) => {
            if (['ArrowUp', 'PageUp', 'Home'].includes(event.key) && scroll.release()) redraw();
            if (event.key === 'Escape' && selection !== null) select(null);
            if (event.key !== 'a' || !(event.ctrlKey || event.metaKey) || lines === 0) return;
            event.preventDefault();
            select({ anchor: { line: 0, at: 0 }, focus: { line: lines - 1, at: Number.MAX_SAFE_INTEGER } });
          }}
          onCopy={(event) => {
            if (selection === null) return;
            event.preventDefault();
            copy(selection);
          }}
        >
          <div className="log-height" style={{ height: drawn.height }}>
            <div className="log-view" style={{ height: scroll.view }}>
              <div className="log-rows" ref={drawnRows} style={{ transform: `translateY(${-drawn.offset}px)`, '--digits': String(lines).length } as object}>
                <LogRows reader={reader} rows={rows} from={drawn.from} to={drawn.to} folded={folded} found={search.found} errors={search.errors} current={search.current} times={times} now={now} onFold={fold} />
                {lines === 0 && <NoLog run={run} />}
              </div>
            </div>
          </div>
        </div>
        {!scroll.follow && (
          <button type="button" className="log-pill" onClick={toEnd}>
            <DownArrowIcon size={12} /> Jump to end <Keys presses={[['G']]} />
            {drawn.newLines > 0 && <span className="muted" data-testid="new-lines">{count(drawn.newLines, 'new line')}</span>}
          </button>
        )}
      </div>
    </section>
  );
};
