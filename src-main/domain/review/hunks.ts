import type { Hunk } from '../../contract/result.ts';

/** What a person took out of a result: whole paths (renames by their new one), and hunks of paths that stay in. */
export interface Exclusion {
  readonly excluded: readonly string[];
  readonly excludedHunks: Readonly<Record<string, readonly string[]>>;
}

/** A new choice, as a run keeps it. */
export interface NewExclusion {
  readonly excluded: string[];
  readonly excludedHunks: Record<string, string[]>;
}

/** Where each line begins, and the end. A line ends behind its LF (a CR before it belongs to it) or with the file, as git counts lines. */
const lineStarts = (bytes: Uint8Array): number[] => {
  const starts = [0];
  for (let at = bytes.indexOf(0x0a); at !== -1; at = bytes.indexOf(0x0a, at + 1)) starts.push(at + 1);
  if (starts.at(-1) !== bytes.length) starts.push(bytes.length);
  return starts;
};

/** Lines of a file, as git counts them. */
export const countLines = (bytes: Uint8Array): number => (bytes.length === 0 ? 0 : lineStarts(bytes).length - 1);

const linesOf = (bytes: Uint8Array) => {
  const starts = lineStarts(bytes);
  const startOf = (line: number): number => starts[Math.min(line, starts.length - 1)] ?? bytes.length;
  /** Lines `from` (counted from 0) up to `to`, without `to`. */
  return (from: number, to: number): Uint8Array => bytes.subarray(startOf(from), startOf(to));
};

/** The lines before a hunk's: a length of 0 stands after its start. */
const before = (start: number, lines: number): number => (lines === 0 ? start : start - 1);

/**
 * The bytes of the base with some hunks of the result applied: those in `wanted`, by id. The hunks are git's of exactly these two
 * contents, without context and in order. Byte exact: line ends, encodings and a missing last one are carried over.
 */
export const applyHunks = (base: Uint8Array, result: Uint8Array, hunks: readonly Hunk[], wanted: ReadonlySet<string>): Uint8Array => {
  const baseLines = linesOf(base);
  const resultLines = linesOf(result);
  const pieces: Uint8Array[] = [];
  let at = 0;
  for (const hunk of hunks) {
    const from = before(hunk.oldStart, hunk.oldLines);
    const newFrom = before(hunk.newStart, hunk.newLines);
    pieces.push(baseLines(at, from));
    pieces.push(wanted.has(hunk.id) ? resultLines(newFrom, newFrom + hunk.newLines) : baseLines(from, from + hunk.oldLines));
    at = from + hunk.oldLines;
  }
  pieces.push(baseLines(at, Infinity));
  return joined(pieces);
};

const joined = (pieces: readonly Uint8Array[]): Uint8Array => {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
};
