import type { Comment, Hunk } from '../../../src-main/contract/result.ts';

export type Side = Comment['side'];

/** A comment that has lines. */
export type LineComment = Comment & { readonly from: number; readonly to: number };

/** Whether a comment is about lines, and not about the file as a whole. */
export const isOnLines = <Said extends Pick<Comment, 'from' | 'to'>>(said: Said): said is Said & { readonly from: number; readonly to: number } => said.from !== null && said.to !== null;

/** Lines of one side of a file. */
export interface Lines {
  readonly side: Side;
  readonly from: number;
  readonly to: number;
}

/** What the rest of the review can ask of the file that is shown. */
export interface DiffView {
  /** The file that it is about: another may be wanted by now. */
  readonly path: string;
  /** Goes to the next or previous hunk; false: there is none in this file. */
  readonly step: (by: 1 | -1) => boolean;
  /** The hunk that keys are about. */
  readonly hunk: () => Hunk | null;
  /** The lines that a comment would be about: those under the cursor, else those of the current hunk; null: there are no lines. */
  readonly lines: () => Lines | null;
  readonly reveal: (lines: Lines) => void;
  /** Moves the cursor by a line; `extend`: it grows to that line. */
  readonly move: (by: 1 | -1, extend: boolean) => void;
  /** Moves the cursor to the other side, where both are beside each other. */
  readonly cross: (to: Side) => void;
  /** Takes the cursor away; false: there was none. */
  readonly leave: () => boolean;
}

/** A file without lines: a picture, a binary, a note. */
export const viewWithoutLines = (path: string): DiffView => ({
  path,
  step: () => false,
  hunk: () => null,
  lines: () => null,
  reveal: () => undefined,
  move: () => undefined,
  cross: () => undefined,
  leave: () => false,
});

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
