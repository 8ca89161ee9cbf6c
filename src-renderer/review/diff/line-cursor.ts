import type { editor } from 'monaco-editor/editor/editor.api.js';
import type { Hunk } from '../../../src-main/contract/result.ts';
import { barAfter, lineBeside, type Lines, type Side } from './diff-view.ts';
import type { ShownEditor } from './use-editor.ts';

/** One line, and how far the choice of lines reaches from it: `anchor` is where it began. */
export interface Cursor {
  readonly side: Side;
  readonly line: number;
  readonly anchor: number;
}

export const cursorAt = (side: Side, line: number): Cursor => ({ side, line, anchor: line });

export const linesOfCursor = ({ side, line, anchor }: Cursor): Lines => ({ side, from: Math.min(line, anchor), to: Math.max(line, anchor) });

/** The hunk that a line is in. */
export const hunkAt = ({ side, line }: Pick<Cursor, 'side' | 'line'>, hunks: readonly Hunk[]): Hunk | undefined =>
  hunks.find(({ oldStart, oldLines, newStart, newLines }) => {
    const [start, lines] = side === 'base' ? [oldStart, oldLines] : [newStart, newLines];
    return line >= start && line < start + lines;
  });

/** The next line of a text that is not folded away, as its place on the page tells; null: there is none. */
const shownLine = (of: editor.ICodeEditor, from: number, by: 1 | -1): number | null => {
  const last = of.getModel()?.getLineCount() ?? 0;
  const top = of.getTopForLineNumber(from);
  let line = from + by;
  while (line >= 1 && line <= last && of.getTopForLineNumber(line) === top) line += by;
  if (line < 1 || line > last) return null;
  // A folded line has the place of the one above it.
  while (line > 1 && by < 0 && of.getTopForLineNumber(line - 1) === of.getTopForLineNumber(line)) line -= 1;
  return line;
};

/** In one column the removed lines of a hunk stand above the added ones. */
const moveInOneColumn = (of: editor.IStandaloneDiffEditor, { side, line }: Cursor, by: 1 | -1, hunks: readonly Hunk[]): Omit<Cursor, 'anchor'> | null => {
  const starts = new Set(of.getLineChanges()?.map(({ originalStartLineNumber, originalEndLineNumber }) => (originalEndLineNumber > 0 ? originalStartLineNumber : 0)));
  const removing = hunks.filter(({ oldStart, oldLines }) => oldLines > 0 && starts.has(oldStart));
  const result = of.getModifiedEditor();
  const last = result.getModel()?.getLineCount() ?? 0;
  if (side === 'base') {
    const hunk = hunkAt({ side, line }, removing);
    if (hunk && hunkAt({ side, line: line + by }, [hunk])) return { side, line: line + by };
    const beside = hunk ? barAfter(hunk).result + (by > 0 ? 1 : 0) : lineBeside(line, hunks);
    return beside < 1 || beside > last ? null : { side: 'result', line: beside };
  }
  const border = by > 0 ? line : line - 1;
  const between = removing.find((hunk) => barAfter(hunk).result === border);
  if (between) return { side: 'base', line: by > 0 ? between.oldStart : between.oldStart + between.oldLines - 1 };
  const next = shownLine(result, line, by);
  return next === null ? null : { side, line: next };
};

/** The line above or below; the same where there is none. */
export const moveCursor = ({ editor: of, split }: ShownEditor, cursor: Cursor, by: 1 | -1, hunks: readonly Hunk[]): Omit<Cursor, 'anchor'> => {
  if (!of) return cursor;
  if (!split) return moveInOneColumn(of, cursor, by, hunks) ?? cursor;
  const next = shownLine(cursor.side === 'base' ? of.getOriginalEditor() : of.getModifiedEditor(), cursor.line, by);
  return next === null ? cursor : { side: cursor.side, line: next };
};

/** The line of the base beside a line of the result. */
const baseBeside = (line: number, hunks: readonly Hunk[]): number =>
  lineBeside(line, hunks.map(({ id, oldStart, oldLines, newStart, newLines }) => ({ id, oldStart: newStart, oldLines: newLines, newStart: oldStart, newLines: oldLines })));

/** The line beside the cursor on the other side. */
export const crossCursor = ({ editor: of }: ShownEditor, cursor: Cursor, to: Side, hunks: readonly Hunk[]): Cursor => {
  if (!of || cursor.side === to) return cursor;
  const last = (to === 'base' ? of.getOriginalEditor() : of.getModifiedEditor()).getModel()?.getLineCount() ?? 1;
  const from = hunkAt(cursor, hunks);
  // Within a hunk the lines stand beside each other by their number in it.
  const inside = from && (to === 'base' ? from.oldStart + Math.min(cursor.line - from.newStart, from.oldLines - 1) : from.newStart + Math.min(cursor.line - from.oldStart, from.newLines - 1));
  const line = inside ?? (to === 'base' ? baseBeside(cursor.line, hunks) : lineBeside(cursor.line, hunks));
  return cursorAt(to, Math.max(1, Math.min(last, line)));
};
