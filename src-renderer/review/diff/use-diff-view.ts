import { useEffect, useMemo, useRef, useState } from 'react';
import type { editor } from 'monaco-editor/editor/editor.api.js';
import type { Hunk } from '../../../src-main/contract/result.ts';
import { lineBeside, linesOfHunk, type DiffView, type Lines } from './diff-view.ts';
import type { ShownEditor } from './use-editor.ts';

/** Room left above what is gone to, in pixels: a hunk's bar and some lines of context. */
const ABOVE = 90;

const selected = (of: editor.ICodeEditor, side: Lines['side']): Lines | null => {
  const selection = of.hasTextFocus() ? of.getSelection() : null;
  if (!selection) return null;
  const { startLineNumber, endLineNumber, endColumn } = selection;
  return { side, from: startLineNumber, to: endColumn === 1 && endLineNumber > startLineNumber ? endLineNumber - 1 : endLineNumber };
};

const goTo = ({ editor: of, split }: ShownEditor, { side, from }: Lines, hunks: readonly Hunk[]): void => {
  const onBase = side === 'base' && split;
  const target = onBase ? of?.getOriginalEditor() : of?.getModifiedEditor();
  if (!target?.getModel()) return;
  const last = target.getModel()?.getLineCount() ?? 1;
  const line = Math.min(last, side === 'base' && !split ? lineBeside(from, hunks) : from);
  target.setPosition({ lineNumber: line, column: 1 });
  target.setScrollTop(Math.max(0, target.getTopForLineNumber(line) - ABOVE));
};

/** The current hunk, and what the rest of the review asks of the diff. `first`: where to begin, instead of the first hunk. */
export const useDiffView = (shown: ShownEditor, hunks: readonly Hunk[], first: Lines | null, onReady: (view: DiffView | null) => void) => {
  const [at, setAt] = useState(0);
  const current = hunks[at] ?? null;
  const now = useRef({ shown, hunks, at, current });
  useEffect(() => {
    now.current = { shown, hunks, at, current };
  });

  const view = useMemo<DiffView>(
    () => ({
      step: (by) => {
        const { shown: on, hunks: all, at: from } = now.current;
        const next = all[from + by];
        if (!next) return false;
        setAt(from + by);
        goTo(on, linesOfHunk(next), all);
        return true;
      },
      hunk: () => now.current.current,
      lines: () => {
        const { shown: on, current: hunk } = now.current;
        const chosen = on.editor && (selected(on.editor.getOriginalEditor(), 'base') ?? selected(on.editor.getModifiedEditor(), 'result'));
        return chosen ?? (hunk ? linesOfHunk(hunk) : { side: 'result', from: 1, to: 1 });
      },
      reveal: (lines) => goTo(now.current.shown, lines, now.current.hunks),
    }),
    [],
  );

  useEffect(() => {
    if (!shown.pair) return;
    setAt(0);
    const [opening] = now.current.hunks;
    if (first) view.reveal(first);
    else if (opening) goTo(now.current.shown, linesOfHunk(opening), now.current.hunks);
    onReady(view);
    return () => onReady(null);
    // A place is gone to once, when its text is there.
  }, [shown.pair, first, view, onReady]);

  return { current, choose: (hunk: Hunk) => setAt(hunks.indexOf(hunk)) };
};
