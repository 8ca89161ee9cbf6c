/** Bytes of a block. */
export const BLOCK = 256 * 1024;
/** Blocks held at most: 24 MiB of a log. Others are pulled again when they are looked at. */
const HELD = 96;

interface Block {
  readonly bytes: Uint8Array;
  /** Bytes of it that are known; more may follow while the log grows. */
  length: number;
}

/** The parts of a log that are in memory, oldest use first. */
export class LogBlocks {
  readonly #blocks = new Map<number, Block>();

  /** Takes bytes that were read at an offset. */
  put(offset: number, bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length; ) {
      const number = Math.floor((offset + done) / BLOCK);
      const inside = (offset + done) % BLOCK;
      const part = bytes.subarray(done, done + BLOCK - inside);
      const block = this.#blocks.get(number) ?? { bytes: new Uint8Array(BLOCK), length: 0 };
      // Only what follows the bytes at hand can be joined to them; a block never has a hole.
      if (inside <= block.length && inside + part.length > block.length) {
        block.bytes.set(part, inside);
        block.length = inside + part.length;
        this.#keep(number, block);
      }
      done += part.length;
    }
  }

  /** The first `length` bytes of a block; null when they are not all at hand. */
  get(number: number, length: number): Uint8Array | null {
    const block = this.#blocks.get(number);
    if (!block || block.length < length) return null;
    this.#keep(number, block);
    return block.bytes.subarray(0, length);
  }

  /** The bytes of a range, or the number of the first block that has to be pulled for it. */
  read(from: number, to: number): Uint8Array | number {
    const out = new Uint8Array(to - from);
    for (let at = from; at < to; ) {
      const number = Math.floor(at / BLOCK);
      const end = Math.min(to, (number + 1) * BLOCK);
      const block = this.get(number, end - number * BLOCK);
      if (!block) return number;
      out.set(block.subarray(at - number * BLOCK), at - from);
      at = end;
    }
    return out;
  }

  #keep(number: number, block: Block): void {
    this.#blocks.delete(number);
    this.#blocks.set(number, block);
    const oldest = this.#blocks.keys().next();
    if (this.#blocks.size > HELD && !oldest.done) this.#blocks.delete(oldest.value);
  }
}
