import type { SecretForm, SecretPlace } from '../../contract/secret.ts';

/** Looks for secrets in a stream. A hit is told once its last byte has been pushed, whatever pieces it came in. */
export interface SecretFinder {
  push(bytes: Uint8Array): readonly { readonly secret: string; readonly form: SecretForm }[];
  /** What follows does not belong to what came before. */
  reset(): void;
}

export interface ScanResult {
  readonly files: number;
  readonly bytes: number;
  readonly found: readonly SecretPlace[];
  /** Whether everything that was announced has come. */
  readonly whole: boolean;
}

/** Names and sizes of files may take this much: some million files. */
const LIST_BYTES = 256 * 2 ** 20;
/** Places that are named; one is enough to refuse. */
const MOST_FOUND = 256;

interface Announced {
  readonly path: string;
  readonly size: number;
}

/**
 * Reads what the scanning container says: a list of entries, each ended by a NUL (`f SIZE PATH` for a file, `n NAME` for any other name or the
 * target of a link), an empty one, then the content of the files in that order, without anything in between. Names are searched as well.
 */
export class ScanStream {
  readonly #finder: SecretFinder;
  readonly #decoder = new TextDecoder('utf-8');
  readonly #files: Announced[] = [];
  readonly #found: SecretPlace[] = [];
  #list: Uint8Array[] = [];
  #listed = 0;
  #isListing = true;
  #at = 0;
  #left = 0;
  #bytes = 0;
  #extra = 0;

  constructor(finder: SecretFinder) {
    this.#finder = finder;
  }

  /** False once more names came than are taken: the scan cannot be whole any more. */
  push(bytes: Uint8Array): boolean {
    let rest = bytes;
    if (this.#isListing) {
      const end = this.#takeNames(rest);
      if (end === null) return this.#listed <= LIST_BYTES;
      rest = rest.subarray(end);
    }
    while (rest.length > 0) {
      if (this.#left === 0 && !this.#next()) {
        this.#extra += rest.length;
        return true;
      }
      const part = rest.subarray(0, this.#left);
      this.#look(part, this.#files[this.#at - 1]?.path ?? '');
      this.#left -= part.length;
      this.#bytes += part.length;
      rest = rest.subarray(part.length);
    }
    return true;
  }

  end(): ScanResult {
    while (this.#left === 0 && this.#next());
    const whole = !this.#isListing && this.#left === 0 && this.#at === this.#files.length && this.#extra === 0;
    return { files: this.#files.length, bytes: this.#bytes, found: this.#found, whole };
  }

  /** Searches what belongs to a name of the image and is no file of it. */
  lookInto(bytes: Uint8Array, place: string): void {
    this.#finder.reset();
    this.#look(bytes, place);
  }

  #look(bytes: Uint8Array, place: string): void {
    for (const { secret, form } of this.#finder.push(bytes)) {
      const isKnown = this.#found.some((each) => each.secret === secret && each.place === place);
      if (!isKnown && this.#found.length < MOST_FOUND) this.#found.push({ secret, form, place: place.slice(0, 4_200) });
    }
  }

  /** Goes on to the next file that has content; false after the last. */
  #next(): boolean {
    const file = this.#files[this.#at];
    if (file === undefined) return false;
    this.#at += 1;
    this.#left = file.size;
    this.#finder.reset();
    return true;
  }

  /** Takes names until the empty one; answers where the content begins, or null when it has not come yet. */
  #takeNames(bytes: Uint8Array): number | null {
    let from = 0;
    for (;;) {
      const end = bytes.indexOf(0, from);
      if (end < 0) {
        this.#keep(bytes.slice(from));
        return null;
      }
      const last = bytes.subarray(from, end);
      from = end + 1;
      if (this.#list.length === 0 && last.length === 0) {
        this.#isListing = false;
        return from;
      }
      this.#listed += last.length;
      this.#takeName(this.#list.length === 0 ? last : joined([...this.#list, last]));
      this.#list = [];
    }
  }

  #keep(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#listed += bytes.length;
    if (this.#listed <= LIST_BYTES) this.#list.push(bytes);
  }

  #takeName(entry: Uint8Array): void {
    const text = this.#decoder.decode(entry);
    const [, size, path] = /^f (\d{1,15}) ([^]*)$/.exec(text) ?? [];
    if (size !== undefined && path !== undefined) this.#files.push({ size: Number(size), path: `/${path}` });
    this.lookInto(entry, `the name ${text.replace(/^(?:f \d+|n) /, '')}`);
  }
}

const joined = (pieces: readonly Uint8Array[]): Uint8Array => {
  const all = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
};
