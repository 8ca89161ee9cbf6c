import type { LogStream } from '../../contract/log.ts';

export interface Gathered {
  readonly stream: LogStream;
  readonly bytes: Uint8Array;
}

/**
 * Joins neighbouring pieces of one stream within one chunk by moving them together over the frame headers between
 * them, so that a chunk of a hundred short lines is one write. The chunk is changed.
 */
export class GatheredPieces {
  #runs: Gathered[] = [];
  #stream: LogStream = 'stdout';
  #chunk: Buffer | null = null;
  #start = 0;
  #end = 0;

  add(stream: LogStream, chunk: Buffer, start: number, end: number): void {
    if (end === start) return;
    if (this.#chunk === chunk && this.#stream === stream) {
      if (start !== this.#end) chunk.copyWithin(this.#end, start, end);
      this.#end += end - start;
      return;
    }
    this.#close();
    this.#stream = stream;
    this.#chunk = chunk;
    this.#start = start;
    this.#end = end;
  }

  /** What was gathered since the last call, in order. */
  take(): Gathered[] {
    this.#close();
    const runs = this.#runs;
    this.#runs = [];
    return runs;
  }

  #close(): void {
    if (this.#chunk !== null) this.#runs.push({ stream: this.#stream, bytes: this.#chunk.subarray(this.#start, this.#end) });
    this.#chunk = null;
  }
}
