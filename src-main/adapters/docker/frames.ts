import type { LogStream } from '../../contract/log.ts';

const HEADER_BYTES = 8;

/** Receives the payload of frames piece by piece. `ends`: the frame ends with this piece. */
export type PieceSink = (stream: LogStream, chunk: Buffer, start: number, end: number, ends: boolean) => void;

/**
 * Takes apart the engine's multiplexed stream: frames of 1 byte stream (1 stdout, 2 stderr), 3 bytes zero, 4 bytes
 * length, payload. Pieces point into the chunk that was given; nothing is copied.
 */
export class FrameDecoder {
  #stream: LogStream = 'stdout';
  #left = 0;
  readonly #header = Buffer.alloc(HEADER_BYTES);
  #headerHeld = 0;

  /** Between two frames: the only place where an honest stream ends. */
  get atBoundary(): boolean {
    return this.#left === 0 && this.#headerHeld === 0;
  }

  /** Throws when the bytes are no such stream. */
  decode(chunk: Buffer, sink: PieceSink): void {
    let at = 0;
    while (at < chunk.length) {
      if (this.#left > 0) {
        const end = Math.min(chunk.length, at + this.#left);
        this.#left -= end - at;
        sink(this.#stream, chunk, at, end, this.#left === 0);
        at = end;
        continue;
      }
      let length: number;
      let kind: number | undefined;
      if (this.#headerHeld === 0 && chunk.length - at >= HEADER_BYTES) {
        kind = chunk[at];
        length = chunk.readUInt32BE(at + 4);
        at += HEADER_BYTES;
      } else {
        const taken = Math.min(HEADER_BYTES - this.#headerHeld, chunk.length - at);
        chunk.copy(this.#header, this.#headerHeld, at, at + taken);
        this.#headerHeld += taken;
        at += taken;
        if (this.#headerHeld < HEADER_BYTES) return;
        this.#headerHeld = 0;
        kind = this.#header[0];
        length = this.#header.readUInt32BE(4);
      }
      if (kind !== 1 && kind !== 2) throw new Error(`the engine's output stream has a frame of kind ${kind}`);
      this.#stream = kind === 1 ? 'stdout' : 'stderr';
      this.#left = length;
      if (length === 0) sink(this.#stream, chunk, at, at, true);
    }
  }
}
