import type { LogMark, LogSlice } from '../../src-main/contract/log.ts';
import { visibleLine } from '../../src-main/domain/visible-text.ts';
import { LineIndex } from './line-index.ts';
import { BLOCK, LogBlocks } from './log-blocks.ts';

/** Bytes pulled at once while catching up with a log. */
const PULL = 1024 * 1024;

export type ReadLog = (offset: number, max: number) => Promise<LogSlice>;

const fromBase64 = (text: string): Uint8Array => {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index += 1) bytes[index] = binary.charCodeAt(index);
  return bytes;
};

/** Follows one turn's log by pulling it: an index of its lines, and the blocks of it that are looked at. */
export class LogReader {
  readonly lines = new LineIndex();
  readonly #blocks = new LogBlocks();
  readonly #decoder = new TextDecoder('utf-8', { fatal: false });
  readonly #marks: LogMark[] = [];
  readonly #read: ReadLog;
  readonly #changed: () => void;
  readonly #fetching = new Set<number>();
  #pulling: Promise<void> | null = null;
  #wanted = false;
  #closed = false;
  ended = false;

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
  }

  /** A line as it is shown, or null while its bytes are being pulled. */
  text(line: number): string | null {
    const { from, to } = this.lines.range(line);
    const bytes = this.#blocks.read(from, to);
    if (typeof bytes === 'number') {
      void this.#fetch(bytes);
      return null;
    }
    return visibleLine(this.#decode(bytes));
  }

  /** As `text`, waiting for the bytes. */
  async loadText(line: number): Promise<string> {
    const { from, to } = this.lines.range(line);
    for (;;) {
      const bytes = this.#blocks.read(from, to);
      if (typeof bytes !== 'number') return visibleLine(this.#decode(bytes));
      await this.#fetch(bytes);
    }
  }

  /** Where the bytes of a line came from. */
  markOf(line: number): LogMark | null {
    const { from } = this.lines.range(line);
    return this.#marks.findLast((mark) => mark.offset <= from) ?? null;
  }

  #decode(bytes: Uint8Array): string {
    return this.#decoder.decode(bytes.at(-1) === 0x0a ? bytes.subarray(0, -1) : bytes);
  }

  async #pullAll(): Promise<void> {
    while (this.#wanted && !this.#closed) {
      this.#wanted = false;
      for (;;) {
        const slice = await this.#read(this.lines.length, PULL);
        if (this.#closed) return;
        const bytes = fromBase64(slice.bytes);
        this.#blocks.put(this.lines.length, bytes);
        this.lines.append(bytes);
        this.#addMarks(slice.marks);
        this.ended = slice.ended;
        this.#changed();
        if (bytes.length === 0 || this.lines.length >= slice.length) break;
      }
    }
  }

  #addMarks(marks: readonly LogMark[]): void {
    const last = this.#marks.at(-1)?.offset ?? -1;
    this.#marks.push(...marks.filter((mark) => mark.offset > last));
  }

  async #fetch(block: number): Promise<void> {
    if (this.#fetching.has(block)) return;
    this.#fetching.add(block);
    try {
      const slice = await this.#read(block * BLOCK, BLOCK);
      this.#blocks.put(block * BLOCK, fromBase64(slice.bytes));
    } finally {
      this.#fetching.delete(block);
    }
    this.#changed();
  }
}
