import type { TextPlace } from './log-selection.ts';

const lineOf = (row: Element): number => Number(row.getAttribute('data-line')) - 1;

const textNodes = (element: Element): Text[] => {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const nodes: Text[] = [];
  while (walker.nextNode()) nodes.push(walker.currentNode as Text);
  return nodes;
};

/** The text of a drawn row, as it is shown. */
export const shownTextOf = (row: Element): string => row.querySelector('.log-text')?.textContent ?? '';

/** The row of a line under a height of the screen: the nearest one that is drawn. */
const rowNear = (rows: Element, y: number): Element | null => {
  const lines = [...rows.querySelectorAll('.log-row')];
  return lines.find((row) => row.getBoundingClientRect().bottom > y) ?? lines.at(-1) ?? null;
};

/** The place in the log's text under a point of the screen. */
export const placeUnder = (rows: Element, x: number, y: number): TextPlace | null => {
  const row = rowNear(rows, y);
  const text = row?.querySelector('.log-text');
  if (!row || !text) return null;
  const box = row.getBoundingClientRect();
  if (y < box.top || x < text.getBoundingClientRect().left) return { line: lineOf(row), at: 0 };
  const caret = document.caretPositionFromPoint(x, Math.min(y, box.bottom - 1));
  const whole = shownTextOf(row).length;
  if (!caret || !text.contains(caret.offsetNode)) return { line: lineOf(row), at: whole };
  let at = 0;
  for (const node of textNodes(text)) {
    if (node === caret.offsetNode) return { line: lineOf(row), at: at + caret.offset };
    at += node.length;
  }
  return { line: lineOf(row), at: caret.offset === 0 ? 0 : whole };
};

/** A range over a part of a drawn row's text. */
export const rangeIn = (row: Element, from: number, to: number): Range | null => {
  const text = row.querySelector('.log-text');
  if (!text || from >= to) return null;
  const range = document.createRange();
  let before = 0;
  let begun = false;
  for (const node of textNodes(text)) {
    if (!begun && from < before + node.length) {
      range.setStart(node, from - before);
      begun = true;
    }
    if (begun && to <= before + node.length) {
      range.setEnd(node, to - before);
      return range;
    }
    before += node.length;
  }
  return null;
};
