const ESC = 0x1b;
const BEL = 0x07;
const NEWLINE = 0x0a;
const TAB = 0x09;
/** An escape sequence that is longer is taken for text again: programs write none, and a stream must not be held back by one. */
const LONGEST_SEQUENCE = 4_096;

/** Bytes without what a terminal would not show, and where each of them was. */
export interface Plain {
  readonly bytes: Uint8Array;
  /** Place of a byte in what was given. */
  readonly placeOf: (at: number) => number;
  /** Where an escape sequence begins that has not ended yet; else the length of what was given. */
  readonly whole: number;
}

/** Control characters other than line breaks and tabs: what a program may put between two letters without its being seen. By byte: 1 for those. */
const IS_NOISE = Uint8Array.from({ length: 256 }, (_, byte) => ((byte < 0x20 && byte !== NEWLINE && byte !== TAB) || byte === 0x7f ? 1 : 0));

const nextNoise = (bytes: Uint8Array, from: number): number => {
  let at = from;
  while (at < bytes.length && IS_NOISE[bytes[at] as number] === 0) at += 1;
  return at;
};

const itself = (at: number): number => at;

/** Where the escape sequence that begins at `from` ends (the byte after it), or null when its end is not there. */
const endOfSequence = (bytes: Uint8Array, from: number): number | null => {
  const limit = Math.min(bytes.length, from + LONGEST_SEQUENCE);
  const kind = bytes[from + 1];
  if (kind === undefined) return null;
  // CSI: parameters, then one letter. OSC, DCS and their kin: anything until BEL or ESC \. Others: two bytes, or three with a set's name.
  if (kind === 0x5b) {
    for (let at = from + 2; at < limit; at += 1) if ((bytes[at] ?? 0) >= 0x40) return at + 1;
  } else if (kind === 0x5d || kind === 0x50 || kind === 0x58 || kind === 0x5e || kind === 0x5f) {
    for (let at = from + 2; at < limit; at += 1) {
      if (bytes[at] === BEL) return at + 1;
      if (bytes[at] === ESC && bytes[at + 1] === 0x5c) return at + 2;
    }
  } else if (kind >= 0x20 && kind <= 0x2f) return bytes.length > from + 2 ? from + 3 : null;
  else return from + 2;
  return limit - from >= LONGEST_SEQUENCE ? from + 1 : null;
};

/** Leaves out escape sequences and control characters, so that a secret is found whatever stands between its letters. */
export const withoutNoise = (bytes: Uint8Array): Plain => {
  let at = nextNoise(bytes, 0);
  if (at === bytes.length) return { bytes, placeOf: itself, whole: bytes.length };
  const plain = new Uint8Array(bytes.length);
  /** Where each piece between two noises begins, in what is plain and in what was given. */
  const begins: number[] = [];
  const places: number[] = [];
  let length = 0;
  const take = (from: number, to: number): void => {
    if (from === to) return;
    begins.push(length);
    places.push(from);
    plain.set(bytes.subarray(from, to), length);
    length += to - from;
  };
  take(0, at);
  let whole = bytes.length;
  while (at < bytes.length) {
    const end: number | null = bytes[at] === ESC ? endOfSequence(bytes, at) : at + 1;
    if (end === null) {
      whole = at;
      break;
    }
    at = nextNoise(bytes, end);
    take(end, at);
  }
  return { bytes: plain.subarray(0, length), placeOf: (of) => placeIn(begins, places, of), whole };
};

const placeIn = (begins: readonly number[], places: readonly number[], of: number): number => {
  let low = 0;
  let high = begins.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((begins[middle] as number) <= of) low = middle;
    else high = middle - 1;
  }
  return (places[low] ?? 0) + of - (begins[low] ?? 0);
};
