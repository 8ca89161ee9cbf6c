/** One thing to look for. */
export interface Pattern<T> {
  readonly bytes: Uint8Array;
  readonly of: T;
}

export interface Match<T> {
  readonly from: number;
  readonly to: number;
  readonly of: T;
}

/** Shorter ones would be found in ordinary text, and would slow everything down. */
export const SHORTEST_PATTERN = 6;

/** Bytes of a block. With two, some thousand patterns of letters and digits have every pair that occurs, and nothing is jumped over. */
const BLOCK = 3;
const HASH_BITS = 18;

/**
 * Looks for many patterns at once: for each block of bytes a table says how far the search may jump ahead, so that most bytes are never looked
 * at (Wu and Manber, "A fast algorithm for multi-pattern searching", 1994). Patterns shorter than 6 bytes are not taken.
 */
export class Matcher<T> {
  readonly longest: number;
  readonly #window: number;
  readonly #shift = new Uint8Array(1 << HASH_BITS);
  readonly #endingWith = new Map<number, Pattern<T>[]>();
  readonly #beginningWith = new Map<number, Pattern<T>[]>();
  /** By the first block of a pattern: 1 for those there are, so that the map is seldom asked. */
  readonly #mayBegin = new Uint8Array(1 << HASH_BITS);
  readonly #all: readonly Pattern<T>[];

  constructor(patterns: readonly Pattern<T>[]) {
    const taken = patterns.filter(({ bytes }) => bytes.length >= SHORTEST_PATTERN);
    this.#all = taken;
    this.longest = taken.reduce((most, { bytes }) => Math.max(most, bytes.length), 0);
    this.#window = taken.reduce((least, { bytes }) => Math.min(least, bytes.length), 255);
    this.#shift.fill(Math.max(0, this.#window - BLOCK + 1));
    for (const pattern of taken) this.#learn(pattern);
  }

  #learn(pattern: Pattern<T>): void {
    const { bytes } = pattern;
    const last = this.#window - BLOCK;
    for (let at = 0; at <= last; at += 1) {
      const block = blockAt(bytes, at);
      this.#shift[block] = Math.min(this.#shift[block] ?? 0, last - at);
    }
    put(this.#endingWith, blockAt(bytes, last), pattern);
    put(this.#beginningWith, blockAt(bytes, 0), pattern);
    this.#mayBegin[blockAt(bytes, 0)] = 1;
  }

  /** Every place where a pattern stands, also within another; in the order of their beginnings. */
  find(text: Uint8Array): Match<T>[] {
    const found: Match<T>[] = [];
    if (this.longest === 0) return found;
    const shift = this.#shift;
    const window = this.#window;
    let at = window - BLOCK;
    const end = text.length - BLOCK;
    while (at <= end) {
      const block = blockAt(text, at);
      const jump = shift[block] as number;
      if (jump > 0) {
        at += jump;
        continue;
      }
      const from = at - window + BLOCK;
      for (const { bytes, of } of this.#endingWith.get(block) ?? []) {
        if (standsAt(text, from, bytes)) found.push({ from, to: from + bytes.length, of });
      }
      at += 1;
    }
    return found;
  }

  /** Where, at the end of a text, a pattern may have begun that is not whole yet; the text's length when none has. */
  mayBeginAt(text: Uint8Array): number {
    for (let at = Math.max(0, text.length - this.longest + 1); at < text.length; at += 1) {
      const rest = text.length - at;
      if (rest >= BLOCK && this.#mayBegin[blockAt(text, at)] === 0) continue;
      const begun = rest >= BLOCK ? (this.#beginningWith.get(blockAt(text, at)) ?? []) : this.#all;
      if (begun.some(({ bytes }) => bytes.length > rest && standsAt(bytes, 0, text.subarray(at)))) return at;
    }
    return text.length;
  }
}

/** Of three bytes a number of 18 bits. Blocks that share one are told apart where patterns are compared. */
const blockAt = (bytes: Uint8Array, at: number): number => ((bytes[at] as number) << 10) ^ ((bytes[at + 1] as number) << 5) ^ (bytes[at + 2] as number);

const put = <T>(lists: Map<number, T[]>, key: number, value: T): void => {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
};

const standsAt = (text: Uint8Array, from: number, pattern: Uint8Array): boolean => {
  if (from + pattern.length > text.length) return false;
  for (let at = 0; at < pattern.length; at += 1) if (text[from + at] !== pattern[at]) return false;
  return true;
};
