import { plainText } from './ansi.ts';
import { LineList } from './line-list.ts';
import { decodeBytes, SHOWN } from './line-text.ts';
import { BLOCK } from './log-blocks.ts';
import type { LogReader } from './log-reader.ts';

/** Most lines that are noted: eight megabytes of numbers. */
export const MOST_FOUND = 1_000_000;
/** Milliseconds of looking between two breaths of the window. */
const AT_ONCE_MS = 8;
/** Milliseconds between two reports. */
const REPORT_MS = 100;

/** What is looked for. */
export interface Wanted {
  /** Global; `^` and `$` are a line's. It must take time that is linear in the text. */
  readonly pattern: RegExp;
  /** A second look at the text of a line that the pattern has hit. */
  readonly accepts?: (line: string) => boolean;
}

/** How far a scan is. The list is the same object throughout and grows. */
export interface Scanned {
  readonly lines: LineList;
  readonly bytes: number;
  /** All there is so far has been looked through. */
  readonly done: boolean;
  /** There are more lines than are noted. */
  readonly full: boolean;
  readonly failed: boolean;
}

const ESC = '\u001b';
const SGR = new RegExp(`${ESC}\\[[\\d;:]*m`, 'g');
const SPECIAL = new RegExp(`[${ESC}\r]`);

const breathe = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/** Looks through the lines of a text and notes those that are hit; returns how many lines the text has. */
const scanText = (text: string, firstLine: number, { pattern, accepts }: Wanted, lines: LineList): number => {
  let line = firstLine;
  let at = 0;
  const nextLine = (): void => {
    const end = text.indexOf('\n', at);
    at = end < 0 ? text.length : end + 1;
    line += 1;
  };
  pattern.lastIndex = 0;
  for (let hit = pattern.exec(text); hit !== null && lines.count < MOST_FOUND; hit = pattern.exec(text)) {
    for (let end = text.indexOf('\n', at); end >= 0 && end < hit.index; end = text.indexOf('\n', at)) nextLine();
    const end = text.indexOf('\n', hit.index);
    const stop = end < 0 ? text.length : end;
    if (hit.index - at < SHOWN && (accepts?.(text.slice(at, Math.min(stop, at + SHOWN))) ?? true)) lines.push(line);
    pattern.lastIndex = stop + 1;
    if (stop >= text.length) break;
  }
  while (at < text.length) nextLine();
  return line - firstLine;
};

/** The text of whole lines as it is shown: one line in, one line out. */
const shownText = (bytes: Uint8Array): string => {
  const text = decodeBytes(bytes);
  if (!SPECIAL.test(text)) return text;
  const plain = text.replace(SGR, '').replaceAll('\r\n', '\n');
  if (!SPECIAL.test(plain)) return plain;
  return plain.split('\n').map((line) => (SPECIAL.test(line) ? plainText(line.slice(line.replace(/\r+$/, '').lastIndexOf('\r') + 1)) : line)).join('\n');
};

/**
 * Looks through a log from its first line to its end and on as it grows, a block at a time, giving the window its turn in
 * between. Of a long line the part that is shown is looked through. Ends with the log, when it is told to, or when it has
 * found as much as it may note.
 */
export const scanLog = async (reader: LogReader, wanted: Wanted, signal: AbortSignal, told: (scanned: Scanned) => void): Promise<void> => {
  const lines = new LineList();
  let at = 0;
  let line = 0;
  let began = performance.now();
  let reported = 0;
  const report = (done: boolean, failed = false): void => {
    if (!signal.aborted) told({ lines, bytes: at, done, failed, full: lines.count >= MOST_FOUND });
    reported = performance.now();
  };
  /** Takes whole lines from `at` on, or one line that crosses into another block; false when the next is not whole yet. */
  const step = async (): Promise<boolean> => {
    const { length } = reader.lines;
    if (at >= length) return false;
    const block = Math.floor(at / BLOCK);
    const stop = Math.min(length, (block + 1) * BLOCK, reader.lines.nextBreak(at));
    const bytes = await reader.loadBytes(at, stop);
    const isWhole = (stop === length && reader.ended) || stop === reader.lines.nextBreak(at) && stop < length;
    const whole = isWhole ? bytes.length : bytes.lastIndexOf(0x0a) + 1;
    if (whole > 0) {
      line += scanText(shownText(bytes.subarray(0, whole)), line, wanted, lines);
      at += whole;
      return true;
    }
    const range = await reader.loadRange(line);
    if (range.to === reader.lines.length && !reader.ended) {
      const last = await reader.loadBytes(range.to - 1, range.to);
      if (last[0] !== 0x0a) return false;
    }
    const { raw } = await reader.loadLine(line);
    scanText(plainText(raw), line, wanted, lines);
    line += 1;
    at = range.to;
    return true;
  };
  try {
    while (!signal.aborted && lines.count < MOST_FOUND) {
      if (!(await step())) {
        report(true);
        if (reader.ended && at >= reader.lines.length) return;
        await reader.grown();
        if (reader.ended && at >= reader.lines.length) break;
        began = performance.now();
      }
      if (performance.now() - began < AT_ONCE_MS) continue;
      if (performance.now() - reported > REPORT_MS) report(false);
      await breathe();
      began = performance.now();
    }
    report(true);
  } catch {
    report(true, true);
  }
};
