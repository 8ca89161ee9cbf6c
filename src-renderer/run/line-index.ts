/** A line longer than this many bytes is cut: an endless line must not become one endless row. */
export const LONGEST_LINE = 4096;

const NEWLINE = 0x0a;

/** Whether a byte continues a UTF-8 character. */
const continues = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80;

/** Where each line of a log starts, in bytes: all that is kept of a log beside a few blocks of it. */
export class LineIndex {
  #starts = new Float64Array(1024);
  #count = 1;
  #length = 0;

  /** Bytes indexed so far. */
  get length(): number {
    return this.#length;
  }

  /** Lines so far; what follows the last line end counts when there is something. */
  get count(): number {
    return (this.#starts[this.#count - 1] ?? 0) === this.#length ? this.#count - 1 : this.#count;
  }

  /** Takes the bytes that follow those indexed so far. */
  append(bytes: Uint8Array): void {
    let lineStart = this.#starts[this.#count - 1] ?? 0;
    let at = 0;
    while (at < bytes.length) {
      const newline = bytes.indexOf(NEWLINE, at);
      const end = newline < 0 ? bytes.length : newline;
      while (this.#length + end - lineStart > LONGEST_LINE) {
        let cut = lineStart + LONGEST_LINE;
        for (let back = 0; back < 3 && continues(bytes[cut - this.#length]); back += 1) cut -= 1;
        lineStart = cut;
        this.#push(lineStart);
      }
      if (newline < 0) break;
      lineStart = this.#length + newline + 1;
      this.#push(lineStart);
      at = newline + 1;
    }
    this.#length += bytes.length;
  }

  /** Byte range of a line, with its line end when it has one. */
  range(line: number): { readonly from: number; readonly to: number } {
    const from = this.#starts[line] ?? this.#length;
    return { from, to: line + 1 < this.#count ? (this.#starts[line + 1] ?? this.#length) : this.#length };
  }

  #push(start: number): void {
    if (this.#count === this.#starts.length) {
      const larger = new Float64Array(this.#starts.length * 2);
      larger.set(this.#starts);
      this.#starts = larger;
    }
    this.#starts[this.#count] = start;
    this.#count += 1;
  }
}
