/** Bytes of a line that are shown and looked through; of a longer one its size is told. */
export const SHOWN = 8 * 1024;

/** What is at hand of a line: its first bytes and, when it is longer than those, its last ones. */
export interface LineBytes {
  readonly head: Uint8Array;
  readonly tail: Uint8Array | null;
  /** Bytes of the whole line, without its line end. */
  readonly size: number;
}

export interface LineText {
  /** With its terminal escapes; no line end and nothing that a carriage return has overwritten. */
  readonly raw: string;
  /** Bytes of the line that are not in `raw`, of a line that is longer than what is shown. */
  readonly more: number;
}

const decoder = new TextDecoder('utf-8', { fatal: false });

/** Whether a byte continues a UTF-8 character. */
const continues = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80;

/** Without the bytes of a character that the end cuts through. */
const wholeCharacters = (bytes: Uint8Array): Uint8Array => {
  let end = bytes.length;
  for (let back = 0; back < 4 && end > 0; back += 1) {
    const byte = bytes[end - 1] ?? 0;
    if (byte < 0x80) return bytes.subarray(0, end);
    end -= 1;
    if (!continues(byte)) return bytes.subarray(0, end);
  }
  return bytes;
};

/** What stands there after the last carriage return, as on a terminal. */
const lastState = (text: string): string => {
  const kept = text.replace(/\r+$/, '');
  return kept.slice(kept.lastIndexOf('\r') + 1);
};

/** A line's text from its bytes: its last state when it was overwritten in place, else its beginning. */
export const lineText = ({ head, tail, size }: LineBytes): LineText => {
  if (tail === null) return { raw: lastState(decoder.decode(head)), more: 0 };
  const end = decoder.decode(tail).replace(/\r+$/, '');
  const overwritten = end.lastIndexOf('\r');
  // A bar of progress writes megabytes into one line; only how it stands now is of interest.
  if (overwritten >= 0) return { raw: end.slice(overwritten + 1), more: 0 };
  const shown = wholeCharacters(head);
  return { raw: lastState(decoder.decode(shown)), more: size - shown.length };
};

/** A run of bytes as text. */
export const decodeBytes = (bytes: Uint8Array): string => decoder.decode(bytes);
