import type { LogMark, LogStream } from '../../src-main/contract/log.ts';

/** Where a stretch of the log begins that comes from one source. */
export interface LogPiece {
  readonly source: string;
  readonly offset: number;
  /** Number of its first line. */
  readonly line: number;
  /** When its first bytes came. */
  readonly at: number;
}

/** Where the bytes of a log came from and when, in 17 bytes a mark: a log may change its stream with every line. */
export class LogMarks {
  #offsets = new Float64Array(256);
  #times = new Float64Array(256);
  #streams = new Uint8Array(256);
  #count = 0;
  /** Whether any of it was written to stderr. */
  hasStderr = false;

  /** Takes a mark; one that is not behind the last says nothing new. */
  add({ offset, stream, at }: LogMark): void {
    const last = this.#count - 1;
    if (last >= 0 && offset <= (this.#offsets[last] ?? 0)) return;
    const isErrors = stream === 'stderr' ? 1 : 0;
    if (isErrors) this.hasStderr = true;
    // Each slice that is pulled begins with a mark of what goes on: only another stream or another second is kept.
    if (last >= 0 && this.#streams[last] === isErrors && at - (this.#times[last] ?? 0) < 250) return;
    if (this.#count === this.#offsets.length) this.#grow();
    this.#offsets[this.#count] = offset;
    this.#times[this.#count] = at;
    this.#streams[this.#count] = isErrors;
    this.#count += 1;
  }

  /** Of the byte at an offset; null before the first mark. */
  of(offset: number): { readonly at: number; readonly stream: LogStream } | null {
    let low = 0;
    let high = this.#count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#offsets[middle] ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return low === 0 ? null : { at: this.#times[low - 1] ?? 0, stream: this.#streams[low - 1] === 1 ? 'stderr' : 'stdout' };
  }

  #grow(): void {
    const size = this.#count * 2;
    const [offsets, times, streams] = [new Float64Array(size), new Float64Array(size), new Uint8Array(size)];
    offsets.set(this.#offsets);
    times.set(this.#times);
    streams.set(this.#streams);
    [this.#offsets, this.#times, this.#streams] = [offsets, times, streams];
  }
}
