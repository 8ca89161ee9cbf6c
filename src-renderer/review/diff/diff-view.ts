import type { Comment, Hunk } from '../../../src-main/contract/result.ts';

export type Side = Comment['side'];

/** Lines of one side of a file. */
export interface Lines {
  readonly side: Side;
  readonly from: number;
  readonly to: number;
}

/** What the rest of the review can ask of the diff that is shown. */
export interface DiffView {
  /** Goes to the next or previous hunk; false: there is none in this file. */
  readonly step: (by: 1 | -1) => boolean;
  /** The hunk that keys are about. */
  readonly hunk: () => Hunk | null;
  /** The lines that a comment would be about: those selected in the editor, else those of the current hunk. */
  readonly lines: () => Lines | null;
  readonly reveal: (lines: Lines) => void;
}

/** The line of the result beside a line of the base. */
export const lineBeside = (line: number, hunks: readonly Hunk[]): number => {
  let shift = 0;
  for (const hunk of hunks) {
    const first = hunk.oldLines === 0 ? hunk.oldStart + 1 : hunk.oldStart;
    if (line < first) break;
    const now = hunk.newLines === 0 ? hunk.newStart : hunk.newStart - 1;
    if (line < first + hunk.oldLines) return Math.max(1, now + Math.max(1, hunk.newLines));
    shift += hunk.newLines - hunk.oldLines;
  }
  return Math.max(1, line + shift);
};

/** The line that a hunk's bar stands behind, on each side; 0: before the first. */
export const barAfter = (hunk: Hunk): { readonly base: number; readonly result: number } => ({
  base: hunk.oldLines === 0 ? hunk.oldStart : hunk.oldStart - 1,
  result: hunk.newLines === 0 ? hunk.newStart : hunk.newStart - 1,
});

export const linesOfHunk = (hunk: Hunk): Lines =>
  hunk.newLines > 0 ? { side: 'result', from: hunk.newStart, to: hunk.newStart + hunk.newLines - 1 } : { side: 'base', from: hunk.oldStart, to: hunk.oldStart + hunk.oldLines - 1 };
