import { useCallback, useEffect, useRef, useState, type MouseEvent, type RefObject } from 'react';
import { isEmpty, wordAround, type Selection, type TextPlace } from './log-selection.ts';
import type { LogScroll } from './log-scroll.ts';
import { placeUnder, shownTextOf } from './text-places.ts';

interface SelectionTools {
  readonly selection: Selection | null;
  readonly select: (selection: Selection | null) => void;
  readonly onMouseDown: (event: MouseEvent<HTMLElement>) => void;
}

/** How fast the log moves when a selection is drawn over its edge: pixels a frame for each pixel over it. */
const PULL = 0.4;

/** Selecting text of the log by mouse. The browser's own selection ends where rows are taken away; this one is of lines. */
export const useLogSelection = (box: RefObject<HTMLElement | null>, rows: RefObject<HTMLElement | null>, scroll: LogScroll, moved: () => void): SelectionTools => {
  const [selection, setSelection] = useState<Selection | null>(null);
  const latest = useRef(selection);
  useEffect(() => {
    latest.current = selection;
  });
  const stop = useRef<(() => void) | null>(null);
  useEffect(() => () => stop.current?.(), []);

  const follow = useCallback(
    (anchor: TextPlace): void => {
      stop.current?.();
      let point: { x: number; y: number } | null = null;
      let frame = 0;
      const draw = (): void => {
        frame = requestAnimationFrame(draw);
        const [outer, inner] = [box.current, rows.current];
        if (!outer || !inner || !point) return;
        const edge = outer.getBoundingClientRect();
        const over = point.y < edge.top ? point.y - edge.top : point.y > edge.bottom ? point.y - edge.bottom : 0;
        if (over !== 0) {
          scroll.moveBy(over * PULL);
          moved();
        }
        const focus = placeUnder(inner, point.x, Math.max(edge.top + 1, Math.min(edge.bottom - 2, point.y)));
        if (focus) setSelection((old) => (old?.focus.line === focus.line && old.focus.at === focus.at && old.anchor === anchor ? old : { anchor, focus }));
      };
      const move = (event: globalThis.MouseEvent): void => {
        point = { x: event.clientX, y: event.clientY };
        frame ||= requestAnimationFrame(draw);
      };
      const end = (): void => {
        cancelAnimationFrame(frame);
        window.removeEventListener('mousemove', move);
        window.removeEventListener('mouseup', end);
        stop.current = null;
        setSelection((old) => (old && isEmpty(old) ? null : old));
      };
      window.addEventListener('mousemove', move);
      window.addEventListener('mouseup', end);
      stop.current = end;
    },
    [box, rows, scroll, moved],
  );

  const onMouseDown = useCallback(
    (event: MouseEvent<HTMLElement>): void => {
      const target = event.target instanceof Element ? event.target : null;
      if (event.button !== 0 || !rows.current || !target?.closest('.log-row, .log-view') || target.closest('button')) return;
      const place = placeUnder(rows.current, event.clientX, event.clientY);
      if (!place) return;
      event.preventDefault();
      box.current?.focus({ preventScroll: true });
      // What is being read does not move away under the mouse.
      if (scroll.release()) moved();
      const row = rows.current.querySelector(`[data-line="${place.line + 1}"]`);
      const text = row ? shownTextOf(row) : '';
      const isLine = event.detail >= 3 || target.closest('.log-number') !== null;
      if (event.shiftKey && latest.current) {
        setSelection({ anchor: latest.current.anchor, focus: place });
        follow(latest.current.anchor);
      } else if (isLine || event.detail === 2) {
        const { from, to } = isLine ? { from: 0, to: text.length } : wordAround(text, place.at);
        setSelection({ anchor: { line: place.line, at: from }, focus: { line: place.line, at: to } });
      } else {
        setSelection({ anchor: place, focus: place });
        follow(place);
      }
    },
    [box, rows, scroll, moved, follow],
  );
  return { selection: selection && !isEmpty(selection) ? selection : null, select: setSelection, onMouseDown };
};
