/** Bytes of a block. */
export const BLOCK = 256 * 1024;
/** Blocks held at most: 32 MiB of a log. Others are pulled again when they are looked at. */
const HELD = 128;

/** The parts of a log that are in memory, oldest use first. */
export class LogBlocks {
  readonly #blocks = new Map<number, Uint8Array>();

  /** Takes bytes that were read at an offset. */
  put(offset: number, bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length; ) {
      const number = Math.floor((offset + done) / BLOCK);
      const inside = (offset + done) % BLOCK;
      const part = bytes.subarray(done, done + BLOCK - inside);
      const old = this.#blocks.get(number);
      // Only what follows the bytes at hand can be joined to them; a block never has a hole.
      if (inside <= (old?.length ?? 0)) {
        const joined = new Uint8Array(inside + part.length);
        if (old) joined.set(old.subarray(0, inside));
        joined.set(part, inside);
        if (!old || joined.length > old.length) this.#keep(number, joined);
      }
      done += part.length;
    }
  }

  /** The bytes of a range, or the number of the first block that has to be pulled for it. */
  read(from: number, to: number): Uint8Array | number {
    const out = new Uint8Array(to - from);
    for (let at = from; at < to; ) {
      const number = Math.floor(at / BLOCK);
      const end = Math.min(to, (number + 1) * BLOCK);
      const block = this.#blocks.get(number);
      if (!block || block.length < end - number * BLOCK) return number;
      this.#keep(number, block);
      out.set(block.subarray(at - number * BLOCK, end - number * BLOCK), at - from);
      at = end;
    }
    return out;
  }

  #keep(number: number, block: Uint8Array): void {
    this.#blocks.delete(number);
    this.#blocks.set(number, block);
    const oldest = this.#blocks.keys().next();
    if (this.#blocks.size > HELD && !oldest.done) this.#blocks.delete(oldest.value);
  }
}
