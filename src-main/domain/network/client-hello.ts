/**
 * `atLeast`: with fewer bytes in all it is not worth while to ask again. `serverName` is as the client wrote it: whoever
 * compares it brings it to its canonical form.
 */
export type ClientHello =
  | { readonly kind: 'needMore'; readonly atLeast: number }
  | { readonly kind: 'notTls'; readonly message: string }
  | { readonly kind: 'hello'; readonly serverName: string | null; readonly alpn: readonly string[] };

/** More than any client sends, with the largest keys that are in use. */
export const LARGEST_HELLO = 65_536;

const RECORD_HEADER = 5;
/** RFC 8446, 5.1 */
const LARGEST_RECORD = 16_384;
const HANDSHAKE = 22;
const CLIENT_HELLO = 1;
const SERVER_NAME = 0;
const ALPN = 16;

class NotTls extends Error {}
class NeedMore extends Error {
  readonly atLeast: number;
  constructor(atLeast: number) {
    super();
    this.atLeast = atLeast;
  }
}

const fail = (message: string): never => {
  throw new NotTls(message);
};

/** Reads numbers and vectors from front to back and never past its end. */
class Cursor {
  readonly #bytes: Uint8Array;
  #at = 0;
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }
  get left(): number {
    return this.#bytes.length - this.#at;
  }
  number(size: 1 | 2 | 3): number {
    return this.take(size).reduce((value, byte) => value * 256 + byte, 0);
  }
  take(size: number): Uint8Array {
    if (size > this.left) fail('a length in the client hello is wrong');
    return this.#bytes.subarray(this.#at, (this.#at += size));
  }
  vector(size: 1 | 2, least: number, most = 65_535): Cursor {
    const length = this.number(size);
    if (length < least || length > most) fail('a length in the client hello is wrong');
    return new Cursor(this.take(length));
  }
  end(): void {
    if (this.left > 0) fail('there is something behind the client hello');
  }
}

const ascii = (bytes: Uint8Array): string => {
  if (bytes.some((byte) => byte < 0x21 || byte > 0x7e)) fail('a name in the client hello is not ASCII');
  return String.fromCharCode(...bytes);
};

/** The handshake message, put together from its records. */
const handshakeOf = (bytes: Uint8Array): Uint8Array => {
  const message = new Uint8Array(Math.min(bytes.length, LARGEST_HELLO));
  let held = 0;
  let at = 0;
  for (;;) {
    const header = bytes.subarray(at, at + RECORD_HEADER);
    // Judged byte by byte, so that what is no TLS is known at once and not after a record's worth of it.
    if (header.length > 0 && header[0] !== HANDSHAKE) fail('this is not TLS');
    if (header.length > 1 && header[1] !== 3) fail('this is not TLS');
    if (header.length > 2 && (header[2] ?? 255) > 4) fail('this is not TLS');
    if (header.length < RECORD_HEADER) throw new NeedMore(bytes.length + 1);
    const length = (header[3] ?? 0) * 256 + (header[4] ?? 0);
    if (length === 0 || length > LARGEST_RECORD) fail('a TLS record has a length that cannot be');
    const piece = bytes.subarray(at + RECORD_HEADER, at + RECORD_HEADER + length);
    message.set(piece, held);
    held += piece.length;
    if (held > 0 && message[0] !== CLIENT_HELLO) fail('TLS begins with something else than a client hello');
    if (held >= 4) {
      const size = new Cursor(message.subarray(1, 4)).number(3);
      if (size + 4 > LARGEST_HELLO) fail('the client hello is too long');
      if (held > size + 4) fail('there is something behind the client hello');
      if (held === size + 4) {
        if (piece.length < length) fail('a TLS record has a length that cannot be');
        return message.subarray(4, held);
      }
    }
    if (piece.length < length) throw new NeedMore(at + RECORD_HEADER + length);
    at += RECORD_HEADER + length;
  }
};

const serverNameOf = (extension: Cursor): string => {
  const names = extension.vector(2, 4);
  extension.end();
  if (names.number(1) !== 0) fail('the server name is of an unknown kind');
  const name = names.vector(2, 1, 255);
  // RFC 6066 allows one name of a kind, and there is one kind: a second one is there to be believed by somebody else.
  names.end();
  return ascii(name.take(name.left));
};

const alpnOf = (extension: Cursor): string[] => {
  const list = extension.vector(2, 2);
  extension.end();
  const found: string[] = [];
  while (list.left > 0) {
    const name = list.vector(1, 1, 255);
    // Not only names of protocols: a client may send bytes that mean nothing, so that servers learn to pass over them (RFC 8701).
    found.push(String.fromCharCode(...name.take(name.left)));
  }
  return found;
};

const parse = (body: Cursor): ClientHello => {
  if (body.number(2) < 0x0300) fail('the client hello is of an unknown version');
  body.take(32);
  body.vector(1, 0, 32);
  const suites = body.vector(2, 2);
  if (suites.left % 2 !== 0) fail('a length in the client hello is wrong');
  body.vector(1, 1);
  let serverName: string | null = null;
  let alpn: string[] = [];
  if (body.left === 0) return { kind: 'hello', serverName, alpn };
  const extensions = body.vector(2, 0);
  body.end();
  const seen = new Set<number>();
  while (extensions.left > 0) {
    const type = extensions.number(2);
    const extension = extensions.vector(2, 0);
    if (seen.has(type)) fail('an extension of the client hello is there twice');
    seen.add(type);
    if (type === SERVER_NAME) serverName = serverNameOf(extension);
    if (type === ALPN) alpn = alpnOf(extension);
  }
  return { kind: 'hello', serverName, alpn };
};

/**
 * Reads the first message of a TLS client from all bytes that have come so far, in however many records and pieces.
 * Strict: what a server could read in another way is `notTls`. Never more than `LARGEST_HELLO` bytes are asked for.
 */
export const readClientHello = (bytes: Uint8Array): ClientHello => {
  try {
    return parse(new Cursor(handshakeOf(bytes.subarray(0, LARGEST_HELLO))));
  } catch (error) {
    if (error instanceof NotTls) return { kind: 'notTls', message: error.message };
    if (!(error instanceof NeedMore)) throw error;
    return bytes.length >= LARGEST_HELLO ? { kind: 'notTls', message: 'the client hello is too long' } : { kind: 'needMore', atLeast: Math.min(error.atLeast, LARGEST_HELLO) };
  }
};
