import { BLOCK } from './log-blocks.ts';

const NEWLINE = 0x0a;
const NONE = -1;

/**
 * Where the lines of a log are, told per block and not per line: how many lines start before a block, and where the first
 * one in it starts. What is inside of a block is found in its bytes. A gigabyte costs 48 KiB, whatever its lines are like.
 */
export class LineIndex {
  #before = new Float64Array(64);
  #first = new Int32Array(64);
  #blocks = 0;
  #starts = 0;
  #lastStart = NONE;
  #length = 0;
  /** Starts that no line end tells of: where another source goes on. */
  readonly #breaks: number[] = [];

  /** Bytes indexed so far. */
  get length(): number {
    return this.#length;
  }

  /** Lines so far; what follows the last line end counts when there is something. */
  get count(): number {
    return this.#lastStart === this.#length ? this.#starts - 1 : this.#starts;
  }

  /** Takes the bytes that follow those indexed so far. */
  append(bytes: Uint8Array): void {
    const from = this.#length;
    if (from === 0 && bytes.length > 0 && this.#starts === 0) this.#push(0);
    for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) this.#push(from + at + 1);
    this.#length += bytes.length;
    while (this.#blocks * BLOCK < this.#length) this.#open();
  }

  /** Lets the next byte start a line, also when no line end comes before it. */
  breakHere(): void {
    if (this.#length === 0 || this.#lastStart === this.#length) return;
    this.#breaks.push(this.#length);
    this.#push(this.#length);
  }

  /** The block that a line starts in, and which of the block's starts is its own. */
  placeOf(line: number): { readonly block: number; readonly nth: number } {
    let low = 0;
    let high = this.#blocks - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#before[middle] ?? 0) <= line) low = middle;
      else high = middle - 1;
    }
    return { block: low, nth: line - (this.#before[low] ?? 0) };
  }

  /** Lines that start before a block. */
  linesBefore(block: number): number {
    return this.#before[block] ?? this.#starts;
  }

  /** Where the line that is the first to start after a block starts. */
  startAfter(block: number): number {
    for (let next = block + 1; next < this.#blocks; next += 1) {
      const first = this.#first[next] ?? NONE;
      if (first !== NONE) return Math.min(this.#length, next * BLOCK + first);
    }
    return this.#length;
  }

  /** Where in a block lines start, found in its bytes. */
  startsIn(block: number, bytes: Uint8Array): Uint32Array {
    const starts: number[] = [];
    const base = block * BLOCK;
    if (this.#first[block] === 0) starts.push(0);
    const breaks = this.#breaks.filter((at) => at > base && at < base + bytes.length);
    for (let at = 0; at < bytes.length - 1; at += 1) {
      if (bytes[at] === NEWLINE) starts.push(at + 1);
      else if (breaks.length > 0 && breaks.includes(base + at + 1)) starts.push(at + 1);
    }
    return Uint32Array.from(starts);
  }

  /** The next start behind an offset that no line end tells of; the log's length when there is none. */
  nextBreak(offset: number): number {
    return this.#breaks.find((at) => at > offset) ?? this.#length;
  }

  #push(start: number): void {
    const block = Math.floor(start / BLOCK);
    while (this.#blocks <= block) this.#open();
    if (this.#first[block] === NONE) this.#first[block] = start - block * BLOCK;
    this.#starts += 1;
    this.#lastStart = start;
  }

  #open(): void {
    if (this.#blocks === this.#before.length) {
      const before = new Float64Array(this.#blocks * 2);
      const first = new Int32Array(this.#blocks * 2);
      before.set(this.#before);
      first.set(this.#first);
      this.#before = before;
      this.#first = first;
    }
    this.#before[this.#blocks] = this.#starts;
    this.#first[this.#blocks] = NONE;
    this.#blocks += 1;
  }
}
