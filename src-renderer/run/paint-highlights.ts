import { partOf, type Selection } from './log-selection.ts';
import { rangeIn, shownTextOf } from './text-places.ts';

/** Most hits that are marked in one row: a line may be full of them. */
const MOST_IN_ROW = 200;

const put = (name: string, ranges: readonly Range[]): void => {
  if (ranges.length === 0) CSS.highlights.delete(name);
  else CSS.highlights.set(name, new Highlight(...ranges));
};

/** Marks the selection and what was found in the drawn rows, over their text and without touching it. */
export const paintHighlights = (rows: Element, selection: Selection | null, pattern: RegExp | null, current: number): void => {
  const selected: Range[] = [];
  const hits: Range[] = [];
  const now: Range[] = [];
  for (const row of selection === null && pattern === null ? [] : rows.querySelectorAll('.log-row')) {
    const line = Number(row.getAttribute('data-line')) - 1;
    const text = shownTextOf(row);
    const part = selection && partOf(selection, line, text.length);
    const range = part && rangeIn(row, part.from, part.to);
    if (range) selected.push(range);
    if (!pattern) continue;
    let left = MOST_IN_ROW;
    for (const hit of text.matchAll(pattern)) {
      const found = rangeIn(row, hit.index, hit.index + hit[0].length);
      if (found) (line === current ? now : hits).push(found);
      if (--left === 0) break;
    }
  }
  put('log-selected', selected);
  put('log-hit', hits);
  put('log-hit-now', now);
};

/** Takes every mark away. */
export const clearHighlights = (): void => {
  for (const name of ['log-selected', 'log-hit', 'log-hit-now']) CSS.highlights.delete(name);
};
