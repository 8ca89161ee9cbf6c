import { createHash } from 'node:crypto';
import type { FileChange, Hunk } from '../../contract/result.ts';
import { readBlob } from './blob.ts';
import { changesBetween } from './changes.ts';
import { failure } from './git-failure.ts';
import type { GitPlace } from './git-place.ts';
import { runGit } from './run-git.ts';

/** Larger files are taken in or out as a whole: what a diff view is given, too. */
const largestFile = 8 * 2 ** 20;

/** Nothing between the hunks, no program of anybody's, and the settings that move hunk borders said aloud. */
const plainHunks = ['-U0', '--inter-hunk-context=0', '--no-ext-diff', '--no-textconv', '--no-color', '--diff-algorithm=myers', '--indent-heuristic'] as const;

const isFile = (mode: FileChange['oldMode']): boolean => mode === '100644' || mode === '100755';

/** The hunks of one changed path; fault: notFound, when the result does not change it. */
export async function hunksOf(place: GitPlace, base: string, result: string, path: string): Promise<Hunk[]> {
  const change = (await changesBetween(place, base, result)).find(({ shown }) => shown.path === path);
  if (change === undefined) throw failure('notFound', `The result does not change ${path}.`, 'Reload the result and choose again.', { path });
  return hunksOfChange(place, change.shown);
}

/** The hunks of a change, in order. None for binaries, links, submodules, and where no line differs. */
export async function hunksOfChange(place: GitPlace, change: FileChange): Promise<Hunk[]> {
  const { oldMode, newMode, oldBlob, newBlob, binary } = change;
  if (binary || (oldMode !== null && !isFile(oldMode)) || (newMode !== null && !isFile(newMode))) return [];
  if (oldBlob === newBlob) return [];
  if (oldBlob === null || newBlob === null) return wholeFile(place, oldBlob, newBlob);
  const sizes = await runGit(place, ['cat-file', '--batch-check=%(objectsize)'], { input: `${oldBlob}\n${newBlob}\n` });
  if (sizes.text.split('\n').some((size) => Number(size) > largestFile)) return [];
  return parseHunks((await runGit(place, ['diff', ...plainHunks, oldBlob, newBlob])).stdout);
}

/** A file that is added or deleted is one hunk. */
async function wholeFile(place: GitPlace, oldBlob: string | null, newBlob: string | null): Promise<Hunk[]> {
  const blob = oldBlob ?? newBlob;
  const { bytes } = blob === null ? { bytes: null } : await readBlob(place, blob, largestFile);
  if (bytes === null || bytes.length === 0) return [];
  const lines = bytes.filter((byte) => byte === 0x0a).length + (bytes.at(-1) === 0x0a ? 0 : 1);
  const there = { start: 1, lines };
  const nothing = { start: 0, lines: 0 };
  return [hunkAt(oldBlob === null ? nothing : there, newBlob === null ? nothing : there, bytes)];
}

interface Span {
  readonly start: number;
  readonly lines: number;
}

function hunkAt(old: Span, now: Span, content: Uint8Array): Hunk {
  const place = `${old.start},${old.lines} ${now.start},${now.lines}\n`;
  const id = createHash('sha256').update(place).update(content).digest('hex').slice(0, 24);
  return { id, oldStart: old.start, oldLines: old.lines, newStart: now.start, newLines: now.lines };
}

/** Without context every line of content begins with `+`, `-` or `\`, so that one with `@@` is a hunk's head. */
function parseHunks(diff: Buffer): Hunk[] {
  const hunks: Hunk[] = [];
  const heads: { at: number; body: number; old: Span; now: Span }[] = [];
  for (let at = 0; at < diff.length; ) {
    const end = diff.indexOf(0x0a, at);
    const next = end === -1 ? diff.length : end + 1;
    if (diff[at] === 0x40) {
      const head = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(diff.toString('latin1', at, Math.min(next, at + 100)));
      if (head !== null) heads.push({ at, body: next, old: span(head[1], head[2]), now: span(head[3], head[4]) });
    }
    at = next;
  }
  for (const [index, head] of heads.entries()) hunks.push(hunkAt(head.old, head.now, diff.subarray(head.body, heads[index + 1]?.at ?? diff.length)));
  return hunks;
}

function span(start: string | undefined, lines: string | undefined): Span {
  return { start: Number(start), lines: lines === undefined ? 1 : Number(lines) };
}
