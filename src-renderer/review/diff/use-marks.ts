import { useEffect } from 'react';
import type { editor } from 'monaco-editor/editor/editor.api.js';
import type { Comment, Hunk } from '../../../src-main/contract/result.ts';
import type { LineComment } from './diff-view.ts';
import type { ShownEditor } from './use-editor.ts';
import { movedNumbers, type RemovedSaid } from './use-removed-numbers.ts';

const whole = (from: number, lines: number, options: editor.IModelDecorationOptions): editor.IModelDeltaDecoration[] =>
  lines === 0 ? [] : [{ range: { startLineNumber: from, startColumn: 1, endLineNumber: from + lines - 1, endColumn: 1 }, options: { isWholeLine: true, ...options } }];

const over = (from: number, lines: number, options: editor.IModelDecorationOptions): editor.IModelDeltaDecoration[] =>
  lines === 0 ? [] : [{ range: { startLineNumber: from, startColumn: 1, endLineNumber: from + lines - 1, endColumn: Number.MAX_SAFE_INTEGER }, options }];

/** Above the editor's own colours of added and removed lines. */
const ABOVE = 1_000;

/** Washes out what is excluded and strikes it, and marks the lines that comments are about. `removedSaid`: hunks with something said of their removed lines. */
export const useMarks = ({ editor: of, pair, split }: ShownEditor, hunks: readonly Hunk[], out: ReadonlySet<string>, comments: readonly LineComment[], removedSaid: readonly RemovedSaid[]): void => {
  useEffect(() => {
    if (!of || !pair) return;
    const excluded = hunks.filter(({ id }) => out.has(id));
    const commented = (side: Comment['side']): editor.IModelDeltaDecoration[] =>
      comments.filter((comment) => comment.side === side).flatMap(({ from, to }) => whole(from, to - from + 1, { marginClassName: 'commented-margin', zIndex: ABOVE + 1 }));
    const result = of.getModifiedEditor().createDecorationsCollection([
      ...excluded.flatMap(({ newStart, newLines }) => [
        ...whole(newStart, newLines, { className: 'out-line', marginClassName: 'out-line', zIndex: ABOVE }),
        ...over(newStart, newLines, { inlineClassName: 'out-text', zIndex: ABOVE }),
      ]),
      ...commented('result'),
    ]);
    const base = of.getOriginalEditor().createDecorationsCollection([
      ...excluded.flatMap(({ oldStart, oldLines }) => whole(oldStart, oldLines, { className: 'out-line', marginClassName: 'out-line', zIndex: ABOVE })),
      ...commented('base'),
      ...(split ? [] : removedSaid.flatMap(({ hunk }) => whole(hunk.oldStart, hunk.oldLines, { lineNumberClassName: movedNumbers(hunk) }))),
    ]);
    return () => {
      result.clear();
      base.clear();
    };
  }, [of, pair, split, hunks, out, comments, removedSaid]);
};
