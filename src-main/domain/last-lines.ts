import { plainText } from './plain-text.ts';

/** Bytes of output that are kept. */
const KEPT_BYTES = 16_384;
const SHOWN_LINES = 20;
const SHOWN_CHARACTERS = 400;

/** Keeps the end of an output, however much there is: for telling what a server said last. */
export const lastLinesOf = (): { push(chunk: Uint8Array): void; lines(): string[] } => {
  let kept = new Uint8Array(0);
  let isCut = false;
  return {
    push: (chunk) => {
      const joined = new Uint8Array(kept.length + Math.min(chunk.length, KEPT_BYTES));
      joined.set(kept);
      joined.set(chunk.subarray(Math.max(0, chunk.length - KEPT_BYTES)), kept.length);
      isCut ||= kept.length + chunk.length > KEPT_BYTES;
      kept = joined.slice(Math.max(0, joined.length - KEPT_BYTES));
    },
    /** At most twenty lines with something to see, the last one last: no terminal sequences, each of at most 400 characters. */
    lines: () => {
      const lines = plainText(new TextDecoder().decode(kept)).split('\n');
      // The first of a cut text is a part of a line.
      return (isCut && lines.length > 1 ? lines.slice(1) : lines)
        .map((line) => line.trim().slice(0, SHOWN_CHARACTERS))
        .filter((line) => line !== '')
        .slice(-SHOWN_LINES);
    },
  };
};
