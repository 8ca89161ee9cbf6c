import { TERMINAL_ESCAPES } from './terminal-escapes.ts';

/** What is known of the last line of a stream of output. */
interface LastLine {
  /** The last line with something to see, at most 200 characters. */
  readonly text: string;
  /** The line under way, as bytes; of an endless one only its last part. */
  readonly open: Uint8Array;
}

const SHOWN_CHARACTERS = 200;
/** Bytes of a line that are looked at: 200 characters of four bytes, and as much again for colours. */
const WINDOW_BYTES = 2_048;

const NEW_LINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const DECODER = new TextDecoder('utf-8');

// Controls, the invisible formatting characters that reorder text, and what is left of a character cut in two.
const INVISIBLE = /[\p{Cc}\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

const noLine: LastLine = { text: '', open: new Uint8Array(0) };

const shown = (bytes: Uint8Array): string => {
  const text = DECODER.decode(bytes).replace(TERMINAL_ESCAPES, '').replace(/\t/g, ' ').replace(INVISIBLE, '').trim();
  if (text.length <= SHOWN_CHARACTERS) return text;
  const cut = text.slice(0, SHOWN_CHARACTERS);
  // A surrogate pair is one character: half of one is none.
  return /[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut;
};

const joined = (open: Uint8Array, chunk: Uint8Array): Uint8Array => {
  const bytes = new Uint8Array(open.length + chunk.length);
  bytes.set(open);
  bytes.set(chunk, open.length);
  return bytes;
};

const lineStart = (bytes: Uint8Array, end: number): number => {
  for (let at = end - 1; at >= 0; at -= 1) if (bytes[at] === NEW_LINE || bytes[at] === CARRIAGE_RETURN) return at + 1;
  return 0;
};

/**
 * Takes the next bytes of the stream. A carriage return begins a line as well: a progress bar shows its last state.
 * The cost is bound by the window, not by the chunk.
 */
const takeChunk = (last: LastLine, chunk: Uint8Array): LastLine => {
  const recent = joined(last.open, chunk.subarray(Math.max(0, chunk.length - 2 * WINDOW_BYTES)));
  const openStart = lineStart(recent, recent.length);
  const open = recent.slice(Math.max(openStart, recent.length - WINDOW_BYTES));
  for (let end = recent.length; end >= 0; ) {
    const start = lineStart(recent, end);
    const text = shown(recent.subarray(Math.max(start, end - WINDOW_BYTES), end));
    if (text !== '') return { text, open };
    end = start - 1;
  }
  return { text: last.text, open };
};

/** Follows the last line of one stream of output, for a card that shows a line of it. Memory is bound, however long the line. */
export const lastLineOf = (): { push(chunk: Uint8Array): void; text(): string } => {
  let last = noLine;
  return {
    push: (chunk) => {
      last = takeChunk(last, chunk);
    },
    /** The last line with something to see: no control characters, at most 200 characters; '' before there is one. */
    text: () => last.text,
  };
};
