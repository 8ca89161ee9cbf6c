import type { editor } from 'monaco-editor/editor/editor.api.js';
import type { Hunk } from '../../../src-main/contract/result.ts';
import { monaco } from './monaco.ts';

/** Of a long change its beginning is brought into sight: characters. */
const MOST_COLUMNS = 24;
/** A change of words further below the beginning of its hunk would move the hunk itself: lines. */
const MOST_LINES = 12;

const reveal = (of: editor.ICodeEditor, line: number, from: number, to: number): void => {
  const last = of.getModel()?.getLineMaxColumn(line) ?? 1;
  const startColumn = Math.min(from, last);
  of.revealRange({ startLineNumber: line, startColumn, endLineNumber: line, endColumn: Math.min(last, Math.max(startColumn, Math.min(to, from + MOST_COLUMNS))) }, monaco.editor.ScrollType.Immediate);
};

/** Brings the first words that a hunk changes into sight across: in a narrow side they may stand far to the right. Both sides move together. */
export const revealAcross = (of: editor.IStandaloneDiffEditor, hunk: Hunk, split: boolean): void => {
  of.getModifiedEditor().setScrollLeft(0, monaco.editor.ScrollType.Immediate);
  if (hunk.oldLines === 0 || hunk.newLines === 0) return;
  const change = of.getLineChanges()?.find(({ modifiedStartLineNumber, originalStartLineNumber }) => modifiedStartLineNumber === hunk.newStart && originalStartLineNumber === hunk.oldStart);
  const [first] = change?.charChanges ?? [];
  if (!first || first.modifiedStartLineNumber - hunk.newStart > MOST_LINES || first.originalStartLineNumber - hunk.oldStart > MOST_LINES) return;
  const endOf = (start: number, line: number, end: number, endLine: number): number => (endLine === line ? end : start + MOST_COLUMNS);
  if (split) reveal(of.getOriginalEditor(), first.originalStartLineNumber, first.originalStartColumn, endOf(first.originalStartColumn, first.originalStartLineNumber, first.originalEndColumn, first.originalEndLineNumber));
  reveal(of.getModifiedEditor(), first.modifiedStartLineNumber, first.modifiedStartColumn, endOf(first.modifiedStartColumn, first.modifiedStartLineNumber, first.modifiedEndColumn, first.modifiedEndLineNumber));
};
