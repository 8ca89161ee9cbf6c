import { createElement, useMemo, type ReactElement, type ReactNode } from 'react';
import { Skeleton } from '../../ui/skeleton.tsx';
import type { DiffEditorProps } from './diff-editor.tsx';
import { useDiffEditor } from './load-diff-editor.ts';

/** Longer lines are not put into the editor: characters. */
const LONGEST_LINE = 500_000;

const hasLongLine = (text: string): boolean => {
  for (let from = 0; from < text.length; ) {
    const end = text.indexOf('\n', from);
    const to = end < 0 ? text.length : end;
    if (to - from > LONGEST_LINE) return true;
    from = to + 1;
  }
  return false;
};

const Editor = (diff: DiffEditorProps): ReactElement => {
  const editor = useDiffEditor();
  return editor === null ? <Skeleton lines={6} label="Loading the editor" /> : createElement(editor, diff);
};

/** Two texts in the editor once it is there, or what is said instead of a text that would bring it to a stop. */
export const DiffOfTexts = ({ instead, ...diff }: DiffEditorProps & { readonly instead: ReactNode }): ReactElement => {
  const { before, after } = diff;
  const isLong = useMemo(() => hasLongLine(before) || hasLongLine(after), [before, after]);
  return isLong ? <>{instead}</> : <Editor {...diff} />;
};
