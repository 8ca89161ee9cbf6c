import { createHash } from 'node:crypto';
import type { Hunk } from '../../../src-main/contract/result.ts';

const linesOf = (bytes: Buffer | null): string[] => {
  if (bytes === null || bytes.length === 0) return [];
  const lines = bytes.toString('latin1').split('\n');
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
};

/** Lengths of the longest common subsequences of all ends of both. */
const lengths = (old: readonly string[], now: readonly string[]): number[][] => {
  const table = Array.from({ length: old.length + 1 }, () => Array.from({ length: now.length + 1 }, () => 0));
  for (let a = old.length - 1; a >= 0; a -= 1) {
    for (let b = now.length - 1; b >= 0; b -= 1) {
      table[a]![b] = old[a] === now[b] ? table[a + 1]![b + 1]! + 1 : Math.max(table[a + 1]![b]!, table[a]![b + 1]!);
    }
  }
  return table;
};

/** Hunks as git counts them, for files of a test: what both ends share is skipped, the rest compared line by line. */
export const lineHunks = (before: Buffer | null, after: Buffer | null): Hunk[] => {
  const old = linesOf(before);
  const now = linesOf(after);
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head += 1;
  let tail = 0;
  while (tail < old.length - head && tail < now.length - head && old.at(-1 - tail) === now.at(-1 - tail)) tail += 1;
  const [from, to] = [old.slice(head, old.length - tail), now.slice(head, now.length - tail)];
  if (from.length * to.length > 4_000_000) return from.length === to.length ? besideEachOther(head, from, to) : [hunkOf(head, from, head, to)];
  const table = lengths(from, to);
  const hunks: Hunk[] = [];
  for (let a = 0, b = 0; a < from.length || b < to.length; ) {
    const [startA, startB] = [a, b];
    while ((a < from.length || b < to.length) && !(a < from.length && b < to.length && from[a] === to[b])) {
      if (b >= to.length || (a < from.length && table[a + 1]![b]! >= table[a]![b + 1]!)) a += 1;
      else b += 1;
    }
    if (a > startA || b > startB) hunks.push(hunkOf(head + startA, from.slice(startA, a), head + startB, to.slice(startB, b)));
    while (a < from.length && b < to.length && from[a] === to[b]) {
      a += 1;
      b += 1;
    }
  }
  return hunks;
};

/** Where only lines were changed, line by line. */
const besideEachOther = (head: number, from: readonly string[], to: readonly string[]): Hunk[] => {
  const hunks: Hunk[] = [];
  for (let at = 0; at < from.length; at += 1) {
    const start = at;
    while (at < from.length && from[at] !== to[at]) at += 1;
    if (at > start) hunks.push(hunkOf(head + start, from.slice(start, at), head + start, to.slice(start, at)));
  }
  return hunks;
};

const hunkOf = (oldAt: number, old: readonly string[], newAt: number, now: readonly string[]): Hunk => ({
  id: createHash('sha256').update(`${oldAt},${newAt}\n${old.join('\n')}\n\n${now.join('\n')}`).digest('hex').slice(0, 24),
  oldStart: old.length === 0 ? oldAt : oldAt + 1,
  oldLines: old.length,
  newStart: now.length === 0 ? newAt : newAt + 1,
  newLines: now.length,
});
