import type { Match, Matcher } from './matcher.ts';
import { type Plain, withoutNoise } from './noise.ts';

const STAR = 0x2a;
const NEWLINE = 0x0a;
/** What is held back of a stream that goes on with the beginning of a secret and escape sequences, without end. */
const MOST_HELD = 1_048_576;

/** Covers secrets in a stream that comes in pieces. */
export interface Redactor {
  /** What may be shown by now. Valid until the next call. */
  push(bytes: Uint8Array): Uint8Array;
  /** The rest: the stream has ended. */
  end(): Uint8Array;
}

const NOTHING = new Uint8Array(0);

/**
 * Covers every byte of a secret by a star, and keeps line breaks: what comes out has the length of what went in, because a log is taken up again
 * by counting its bytes. A byte is let go as soon as no secret can have begun before it without having ended, so whoever goes on from there
 * with a new redactor misses none.
 */
export const createRedactor = (matcher: Matcher<unknown>): Redactor => {
  let held = NOTHING;

  const take = (bytes: Uint8Array, isLast: boolean): Uint8Array => {
    const all = held.length === 0 ? bytes : joined(held, bytes);
    const plain = withoutNoise(all);
    const matches = matcher.find(plain.bytes);
    let open = isLast ? plain.bytes.length : matcher.mayBeginAt(plain.bytes);
    // A secret that the held back part begins in is held back as a whole.
    for (const { from, to } of matches) if (from < open && to > open) open = from;
    let until = open < plain.bytes.length ? plain.placeOf(open) : isLast ? all.length : plain.whole;
    if (all.length - until > MOST_HELD) {
      matches.push({ from: open, to: plain.bytes.length, of: null });
      until = all.length;
    }
    const out = covered(all, until, matches, plain);
    held = until === all.length ? NOTHING : all.slice(until);
    return out;
  };

  return { push: (bytes) => take(bytes, false), end: () => take(NOTHING, true) };
};

const covered = (bytes: Uint8Array, until: number, matches: readonly Match<unknown>[], { placeOf }: Plain): Uint8Array => {
  if (matches.length === 0) return bytes.subarray(0, until);
  const out = bytes.slice(0, until);
  for (const { from, to } of matches) {
    for (let at = from; at < to; at += 1) {
      const place = placeOf(at);
      if (place < until && out[place] !== NEWLINE) out[place] = STAR;
    }
  }
  return out;
};

const joined = (one: Uint8Array, other: Uint8Array): Uint8Array => {
  const all = new Uint8Array(one.length + other.length);
  all.set(one);
  all.set(other, one.length);
  return all;
};
