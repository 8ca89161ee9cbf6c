import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type ReactElement } from 'react';
import type { Run } from '../../src-main/contract/run.ts';
import { Button } from '../ui/button.tsx';
import { count } from '../ui/format.ts';
import { DownIcon } from '../ui/icons.tsx';
import { LogFind, type Found } from './log-find.tsx';
import { LogRows, ROW } from './log-rows.tsx';
import { rowWindow, scrollTopOf } from './row-window.ts';
import { useLog } from './use-log.ts';
import './log.css';

const NOTHING: Found = { lines: [], current: -1 };

/** The live log: follows its end until the user scrolls up, finds text, draws only what is seen. */
export const LogView = ({ run }: { readonly run: Run }): ReactElement => {
  const reader = useLog(run);
  const box = useRef<HTMLDivElement>(null);
  const lastTop = useRef(0);
  const [scroll, setScroll] = useState({ top: 0, height: 400 });
  const [follow, setFollow] = useState(true);
  const [found, setFound] = useState<Found>(NOTHING);
  const matches = useMemo(() => new Set(found.lines), [found.lines]);
  const rows = reader.lines.count;
  const drawn = rowWindow(rows, ROW, scroll.top, scroll.height);

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setScroll((old) => ({ ...old, height: element.clientHeight })));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  useLayoutEffect(() => {
    if (follow && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [follow, rows, scroll.height]);

  const scrolled = (): void => {
    const element = box.current;
    if (!element) return;
    const { scrollTop, clientHeight, scrollHeight } = element;
    // Only moving up lets go: growth under a resting scroll bar is not the user's doing.
    if (scrollTop < lastTop.current - 1) setFollow(false);
    else if (scrollTop + clientHeight >= scrollHeight - ROW) setFollow(true);
    lastTop.current = scrollTop;
    setScroll({ top: scrollTop, height: clientHeight });
  };

  const showFound = useCallback(
    (next: Found): void => {
      setFound(next);
      if (next.current < 0 || !box.current) return;
      setFollow(false);
      box.current.scrollTop = scrollTopOf(next.current, reader.lines.count, ROW, box.current.clientHeight);
    },
    [reader],
  );

  return (
    <section className="log" aria-label="Log">
      <div className="log-bar">
        <span className="muted" data-testid="log-lines">
          {count(rows, 'line')}
        </span>
        <span className="grow" />
        <LogFind reader={reader} found={found} onFound={showFound} />
        <Button aria-pressed={follow} onClick={() => setFollow(!follow)} look={follow ? 'plain' : 'quiet'}>
          <DownIcon /> {follow ? 'Following' : 'Follow'}
        </Button>
      </div>
      <div className="log-box" ref={box} onScroll={scrolled} tabIndex={0} role="log" aria-live="off" aria-label="Output">
        {rows === 0 && <p className="log-empty">{reader.ended ? 'There was no output.' : 'No output yet.'}</p>}
        <div style={{ height: drawn.height }}>
          <div className="log-rows" style={{ transform: `translateY(${drawn.top}px)` }}>
            <LogRows reader={reader} from={drawn.from} to={drawn.to} matches={matches} current={found.current} />
          </div>
        </div>
      </div>
    </section>
  );
};
