import { useEffect } from 'react';
import type { editor } from 'monaco-editor/editor/editor.api.js';
import type { Hunk } from '../../../src-main/contract/result.ts';
import { hunkAt, linesOfCursor, type Cursor } from './line-cursor.ts';
import type { ShownEditor } from './use-editor.ts';

/** Above what else colours a line. */
const ABOVE = 2_000;

/** In one column removed lines are no text of the editor: their elements are marked, as often as they are made. Gives back the way to take that away. */
const markRemoved = (of: editor.IStandaloneDiffEditor, cursor: Cursor, hunks: readonly Hunk[]): (() => void) => {
  const hunk = hunkAt(cursor, hunks);
  const zones = of.getModifiedEditor().getContainerDomNode().querySelector('.view-zones');
  if (!hunk || !zones) return () => undefined;
  const { from, to } = linesOfCursor(cursor);
  let marked: readonly Element[] = [];
  const clear = (): void => marked.forEach((line) => line.classList.remove('cursor-line'));
  const mark = (): void => {
    const at = of.getLineChanges()?.filter(({ originalEndLineNumber }) => originalEndLineNumber > 0).findIndex(({ originalStartLineNumber }) => originalStartLineNumber === hunk.oldStart);
    const lines = [...(zones.querySelectorAll('.line-delete')[at ?? -1]?.querySelectorAll('.view-line') ?? [])];
    clear();
    // Where lines are wrapped there are more elements than lines: then all of the hunk's are marked.
    marked = lines.length === hunk.oldLines ? lines.slice(Math.max(0, from - hunk.oldStart), to - hunk.oldStart + 1) : lines;
    marked.forEach((line) => line.classList.add('cursor-line'));
  };
  const changed = new MutationObserver(mark);
  changed.observe(zones, { childList: true });
  mark();
  return () => {
    changed.disconnect();
    clear();
  };
};

/** Shows the line that the keys are about. */
export const useCursorMarks = ({ editor: of, pair, split }: ShownEditor, cursor: Cursor | null, hunks: readonly Hunk[]): void => {
  useEffect(() => {
    if (!of || !pair || !cursor) return undefined;
    if (cursor.side === 'base' && !split) return markRemoved(of, cursor, hunks);
    const { from, to } = linesOfCursor(cursor);
    const marks = (cursor.side === 'base' ? of.getOriginalEditor() : of.getModifiedEditor()).createDecorationsCollection([
      {
        range: { startLineNumber: from, startColumn: 1, endLineNumber: to, endColumn: 1 },
        options: { isWholeLine: true, className: 'cursor-line', marginClassName: 'cursor-line-margin', zIndex: ABOVE },
      },
    ]);
    return () => marks.clear();
  }, [of, pair, split, cursor, hunks]);
};
