import { useEffect, useRef } from 'react';
import type { editor } from 'monaco-editor/editor/editor.api.js';
import type { Lines, Side } from './diff-view.ts';
import { monaco } from './monaco.ts';
import type { ShownEditor } from './use-editor.ts';

const GUTTER: ReadonlySet<editor.MouseTargetType> = new Set([monaco.editor.MouseTargetType.GUTTER_LINE_NUMBERS, monaco.editor.MouseTargetType.GUTTER_LINE_DECORATIONS, monaco.editor.MouseTargetType.GUTTER_GLYPH_MARGIN]);

const watch = (of: editor.ICodeEditor, side: Side, comment: (lines: Lines) => void): (() => void) => {
  const plus = of.createDecorationsCollection();
  let from: number | null = null;
  const show = (line: number, to = line): unknown =>
    plus.set([{ range: { startLineNumber: Math.min(line, to), startColumn: 1, endLineNumber: Math.max(line, to), endColumn: 1 }, options: { isWholeLine: true, lineNumberClassName: 'comment-here', ...(line !== to && { className: 'comment-range' }) } }]);
  const listeners = [
    of.onMouseMove(({ target }) => {
      const line = target.position?.lineNumber;
      if (line === undefined) plus.clear();
      else show(from ?? line, line);
    }),
    of.onMouseLeave(() => plus.clear()),
    of.onMouseDown(({ target, event }) => {
      if (!GUTTER.has(target.type) || !target.position || !event.leftButton) return;
      event.preventDefault();
      from = target.position.lineNumber;
    }),
    of.onMouseUp(({ target }) => {
      const to = target.position?.lineNumber ?? from;
      if (from !== null && to !== null) comment({ side, from: Math.min(from, to), to: Math.max(from, to) });
      from = null;
    }),
  ];
  return () => {
    for (const each of listeners) each.dispose();
    plus.clear();
  };
};

/** A click on a line's number, or a drag over several, begins a comment on them. */
export const useCommentGutter = ({ editor: of, pair }: ShownEditor, comment: (lines: Lines) => void): void => {
  const latest = useRef(comment);
  useEffect(() => {
    latest.current = comment;
  });
  useEffect(() => {
    if (!of || !pair) return;
    const ends = [watch(of.getOriginalEditor(), 'base', (lines) => latest.current(lines)), watch(of.getModifiedEditor(), 'result', (lines) => latest.current(lines))];
    return () => ends.forEach((end) => end());
  }, [of, pair]);
};
