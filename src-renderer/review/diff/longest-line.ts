import type { Hunk } from '../../../src-main/contract/result.ts';

/** Columns that a tab goes on to, as the editor draws it. */
const TAB = 4;
/** Changes further down than this are not looked at: lines. */
const MOST_LINES = 20_000;

/** What steers the direction of text, and what the editor draws in its place. */
const STEERS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const DRAWN = '[U+202E]';

/** How wide a line is at most, in columns. */
const columnsOf = (line: string): number => {
  const shown = line.replace(STEERS, DRAWN);
  return shown.length + (shown.includes('\t') ? (shown.split('\t').length - 1) * (TAB - 1) : 0);
};

const longestOf = (text: string, parts: readonly (readonly [start: number, lines: number])[]): number => {
  if (parts.length === 0) return 0;
  const lines = text.split('\n', MOST_LINES);
  return Math.max(0, ...parts.map(([start, count]) => lines.slice(Math.max(0, start - 1), start - 1 + count).reduce((longest, line) => Math.max(longest, columnsOf(line)), 0)));
};

/** The longest line that was changed on either side, in columns; 0: none is known. */
export const longestChange = (before: string, after: string, hunks: readonly Hunk[] | null): number =>
  Math.max(
    longestOf(before, (hunks ?? []).filter(({ oldLines }) => oldLines > 0).map(({ oldStart, oldLines }) => [oldStart, oldLines] as const)),
    longestOf(after, (hunks ?? []).filter(({ newLines }) => newLines > 0).map(({ newStart, newLines }) => [newStart, newLines] as const)),
  );
