import type { LogSlice, LogStream } from '../../src-main/contract/log.ts';
import { fromBase64 } from './from-base64.ts';
import { LineIndex } from './line-index.ts';
import { lineText, SHOWN, type LineBytes, type LineText } from './line-text.ts';
import { BLOCK, LogBlocks } from './log-blocks.ts';
import { LogMarks, type LogPiece } from './log-marks.ts';

/** Bytes pulled at once while catching up with a log. */
const PULL = 1024 * 1024;
/** Blocks whose line starts are kept. */
const KNOWN_STARTS = 16;
const NEWLINE = 0x0a;

export type ReadLog = (offset: number, max: number) => Promise<LogSlice>;

export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

/** Follows one turn's log by pulling it: an index of its lines, and the blocks of it that are looked at. */
export class LogReader {
  readonly lines = new LineIndex();
  /** Where another source goes on, in order. */
  readonly pieces: LogPiece[] = [];
  readonly #blocks = new LogBlocks();
  readonly #marks = new LogMarks();
  readonly #starts = new Map<number, { readonly length: number; readonly starts: Uint32Array }>();
  readonly #read: ReadLog;
  readonly #changed: () => void;
  readonly #fetching = new Map<number, Promise<Uint8Array>>();
  readonly #waiting = new Set<() => void>();
  #pulling: Promise<void> | null = null;
  #wanted = false;
  #closed = false;
  ended = false;
  /** Bytes the service had at the last look; more than `lines.length` while the reader catches up. */
  available = 0;

  constructor(read: ReadLog, changed: () => void) {
    this.#read = read;
    this.#changed = changed;
  }

  /** Pulls all that the log has and the reader has not; a call while one is under way makes it look once more. */
  pull(): Promise<void> {
    this.#wanted = true;
    this.#pulling ??= this.#pullAll().finally(() => {
      this.#pulling = null;
    });
    return this.#pulling;
  }

  close(): void {
    this.#closed = true;
    this.#tell();
  }

  /** Resolves when there is more to read, or when there will be nothing more. */
  grown(): Promise<void> {
    if (this.#closed || this.ended) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.add(resolve));
  }

  /** A line, or null while its bytes are being pulled. */
  line(line: number): LineText | null {
    const bytes = this.#bytesOf(line);
    if (typeof bytes !== 'number') return lineText(bytes);
    this.#fetch(bytes).catch(() => undefined);
    return null;
  }

  /** As `line`, waiting for the bytes. */
  async loadLine(line: number): Promise<LineText> {
    for (;;) {
      const bytes = this.#bytesOf(line);
      if (typeof bytes !== 'number') return lineText(bytes);
      await this.#fetch(bytes);
    }
  }

  /** Where a line's bytes are, or the number of a block that has to be pulled to tell. */
  rangeOf(line: number): ByteRange | number {
    const { block, nth } = this.lines.placeOf(line);
    const starts = this.#startsIn(block);
    if (starts === null) return block;
    const from = block * BLOCK + (starts[nth] ?? 0);
    const next = starts[nth + 1];
    return { from, to: next === undefined ? this.lines.startAfter(block) : block * BLOCK + next };
  }

  /** As `rangeOf`, waiting for the block. */
  async loadRange(line: number): Promise<ByteRange> {
    for (;;) {
      const range = this.rangeOf(line);
      if (typeof range !== 'number') return range;
      await this.#fetch(range);
    }
  }

  /** Bytes of the log, pulled when they are not at hand; what is pulled for a search pushes nothing out. */
  async loadBytes(from: number, to: number): Promise<Uint8Array> {
    const held = this.#blocks.read(from, to);
    if (typeof held !== 'number') return held;
    const parts = new Uint8Array(to - from);
    for (let at = from; at < to; ) {
      const part = fromBase64((await this.#read(at, to - at)).bytes);
      if (part.length === 0) throw new Error('the log is shorter than it was');
      parts.set(part, at - from);
      at += part.length;
    }
    return parts;
  }

  /** When a line's bytes came and from which stream; null while that is not known. */
  markOf(line: number): { readonly at: number; readonly stream: LogStream } | null {
    const range = this.rangeOf(line);
    return typeof range === 'number' ? null : this.#marks.of(range.from);
  }

  get hasStderr(): boolean {
    return this.#marks.hasStderr;
  }

  #bytesOf(line: number): LineBytes | number {
    const range = this.rangeOf(line);
    if (typeof range === 'number') return range;
    const last = this.#blocks.read(Math.max(range.from, range.to - 1), range.to);
    if (typeof last === 'number') return last;
    const to = last[0] === NEWLINE ? range.to - 1 : range.to;
    const size = to - range.from;
    const head = this.#blocks.read(range.from, Math.min(to, range.from + SHOWN));
    const tail = size > SHOWN ? this.#blocks.read(to - SHOWN, to) : null;
    if (typeof head === 'number') return head;
    return typeof tail === 'number' ? tail : { head, tail, size };
  }

  #startsIn(block: number): Uint32Array | null {
    const length = Math.min(BLOCK, this.lines.length - block * BLOCK);
    const known = this.#starts.get(block);
    if (known?.length === length) return known.starts;
    const bytes = this.#blocks.get(block, length);
    if (!bytes) return null;
    const starts = this.lines.startsIn(block, bytes);
    this.#starts.delete(block);
    this.#starts.set(block, { length, starts });
    const oldest = this.#starts.keys().next();
    if (this.#starts.size > KNOWN_STARTS && !oldest.done) this.#starts.delete(oldest.value);
    return starts;
  }

  async #pullAll(): Promise<void> {
    while (this.#wanted && !this.#closed) {
      this.#wanted = false;
      for (;;) {
        const slice = await this.#read(this.lines.length, PULL);
        if (this.#closed) return;
        const size = this.#take(slice);
        this.ended = slice.ended && this.lines.length >= slice.length;
        this.available = slice.length;
        this.#tell();
        if (size === 0 || this.lines.length >= slice.length) break;
      }
    }
  }

  #take(slice: LogSlice): number {
    const bytes = fromBase64(slice.bytes);
    const turns: { source: string; offset: number; at: number }[] = [];
    for (const mark of slice.marks) {
      if (mark.source !== (turns.at(-1) ?? this.pieces.at(-1))?.source) turns.push({ source: mark.source, offset: Math.max(mark.offset, this.lines.length), at: mark.at });
      this.#marks.add(mark);
    }
    const from = this.lines.length;
    if (from === 0 && bytes.length > 0 && turns[0]?.offset !== 0) turns.unshift({ source: 'drydock', offset: 0, at: 0 });
    this.#blocks.put(from, bytes);
    // In parts, so that the number of the line where a source begins is known when it begins.
    let taken = 0;
    for (const { source, offset, at } of turns) {
      this.lines.append(bytes.subarray(taken, offset - from));
      taken = offset - from;
      this.lines.breakHere();
      this.pieces.push({ source, offset, at, line: this.lines.count });
    }
    this.lines.append(bytes.subarray(taken));
    return bytes.length;
  }

  #tell(): void {
    for (const each of this.#waiting) each();
    this.#waiting.clear();
    this.#changed();
  }

  #fetch(block: number): Promise<Uint8Array> {
    const under = this.#fetching.get(block);
    if (under) return under;
    const from = block * BLOCK;
    const to = Math.min(this.lines.length, from + BLOCK);
    const pulled = this.loadBytes(from, to)
      .then((bytes) => {
        this.#blocks.put(from, bytes);
        return bytes;
      })
      .finally(() => {
        this.#fetching.delete(block);
        this.#changed();
      });
    this.#fetching.set(block, pulled);
    return pulled;
  }
}
