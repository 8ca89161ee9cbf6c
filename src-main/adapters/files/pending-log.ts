import { crc32 } from 'node:zlib';
import type { LogStream } from '../../contract/log.ts';
import type { LogRecord, RecordKind } from './log-record.ts';

/** Bytes of one block: large enough that a write takes few of them, small enough for a quiet log. */
const BLOCK_BYTES = 256 * 1024;
/** Blocks kept for reuse: as many as one full batch takes. */
const POOL_BLOCKS = 20;
/** What a piece costs in memory beside its bytes, so that a million one-byte pieces count for what they are. */
const PIECE_WEIGHT = 96;
/** A piece goes on for at most this long, so that a log's times are right to the second. */
const PIECE_MS = 1_000;

interface Piece {
  readonly offset: number;
  length: number;
  readonly source: number;
  readonly stream: LogStream;
  readonly kind: RecordKind;
  readonly at: number;
  crc: number;
}

export interface Batch {
  readonly from: number;
  readonly length: number;
  readonly blocks: readonly Buffer[];
  readonly records: readonly LogRecord[];
}

const pool: Buffer[] = [];

/** What was appended and is not in the file yet: bytes in blocks, their origins in pieces that neighbours share. */
export class PendingLog {
  #from: number;
  #length = 0;
  #blocks: Buffer[] = [];
  #used = BLOCK_BYTES;
  #pieces: Piece[] = [];

  constructor(from: number) {
    this.#from = from;
  }

  /** Memory held, in bytes. */
  get weight(): number {
    return this.#length + this.#pieces.length * PIECE_WEIGHT;
  }

  get empty(): boolean {
    return this.#pieces.length === 0;
  }

  /** Copies the bytes; true: they began a new piece, which will be one more record. */
  add(source: number, stream: LogStream, bytes: Uint8Array, at: number): boolean {
    const last = this.#pieces.at(-1);
    const goesOn = last?.kind === 'data' && last.source === source && last.stream === stream && at - last.at < PIECE_MS;
    if (goesOn) {
      last.length += bytes.length;
      last.crc = crc32(bytes, last.crc);
    } else {
      this.#pieces.push({ offset: this.#from + this.#length, length: bytes.length, source, stream, kind: 'data', at, crc: crc32(bytes) });
    }
    this.#length += bytes.length;
    for (let done = 0; done < bytes.length; ) {
      if (this.#used === BLOCK_BYTES) {
        this.#blocks.push(pool.pop() ?? Buffer.allocUnsafeSlow(BLOCK_BYTES));
        this.#used = 0;
      }
      const take = Math.min(bytes.length - done, BLOCK_BYTES - this.#used);
      this.#blocks.at(-1)?.set(bytes.subarray(done, done + take), this.#used);
      this.#used += take;
      done += take;
    }
    return !goesOn;
  }

  /** A record without bytes: what was left out, or the end. */
  note(kind: 'leftOut' | 'end', source: number, stream: LogStream, length: number, at: number): void {
    this.#pieces.push({ offset: this.#from + this.#length, length, source, stream, kind, at, crc: 0 });
  }

  /** Takes everything out. Give the batch back with `release` once it is in the file. */
  take(): Batch {
    const blocks = this.#blocks.map((block, index) => (index === this.#blocks.length - 1 ? block.subarray(0, this.#used) : block));
    const batch: Batch = { from: this.#from, length: this.#length, blocks, records: this.#pieces };
    this.#from += this.#length;
    this.#length = 0;
    this.#blocks = [];
    this.#used = BLOCK_BYTES;
    this.#pieces = [];
    return batch;
  }
}

export const release = (batch: Batch): void => {
  for (const block of batch.blocks) {
    if (pool.length < POOL_BLOCKS && block.buffer.byteLength === BLOCK_BYTES) pool.push(Buffer.from(block.buffer));
  }
};
