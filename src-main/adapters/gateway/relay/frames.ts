/**
 * What passes between the service and the relay: `session u32 | length u32 | payload | kind u8`. The relay's own program,
 * resources/relay/relay.cjs, says why it is so.
 */
export const KIND = { hello: 1, beat: 2, bytes: 3, end: 4 } as const;
export type Kind = (typeof KIND)[keyof typeof KIND];

const HEADER_BYTES = 8;
export const PAYLOAD_BYTES = 65_536;
const GAP_BYTES = HEADER_BYTES + PAYLOAD_BYTES + 1;

/** A session's number never begins with a zero byte, so that a frame can be told from a gap. */
export const FIRST_SESSION = 0x0100_0001;

const KINDS: ReadonlySet<number> = new Set(Object.values(KIND));
const isKind = (value: number | undefined): value is Kind => value !== undefined && KINDS.has(value);

/** The payload of a frame comes between these two. */
export const frameAround = (session: number, kind: Kind, length: number): readonly [before: Buffer, after: Buffer] => {
  const before = Buffer.allocUnsafe(HEADER_BYTES);
  before.writeUInt32BE(session, 0);
  before.writeUInt32BE(length, 4);
  return [before, Buffer.of(kind)];
};

/** One frame, in one piece. */
export const frame = (session: number, kind: Kind, payload: Uint8Array): Buffer => {
  const [before, after] = frameAround(session, kind, payload.length);
  return Buffer.concat([before, payload, after]);
};

/** Zeros that bring the other side's reader to the beginning of a frame, wherever the last service broke off. */
export const gap = (): Buffer => Buffer.alloc(GAP_BYTES);

/**
 * Takes frames out of a stream whose beginning was missed: looks for a gap first, and again when the bytes are no frames. Payloads
 * are copies.
 */
export class FrameReader {
  readonly #onFrame: (session: number, kind: Kind, payload: Buffer) => void;
  readonly #onLost: () => void;
  readonly #header = Buffer.alloc(HEADER_BYTES);
  #headerHeld = 0;
  #body: Buffer | null = null;
  #bodyHeld = 0;
  /** Zeros seen in a row while looking for a gap; null: not looking. */
  #zeros: number | null = 0;

  constructor(onFrame: (session: number, kind: Kind, payload: Buffer) => void, onLost: () => void) {
    this.#onFrame = onFrame;
    this.#onLost = onLost;
  }

  take(bytes: Uint8Array): void {
    let at = 0;
    while (at < bytes.length) {
      if (this.#zeros !== null) at = this.#lookForGap(bytes, at, this.#zeros);
      else if (this.#body !== null) at = this.#fillBody(bytes, at, this.#body);
      else if (this.#headerHeld === 0 && bytes[at] === 0) at += 1;
      else at = this.#fillHeader(bytes, at);
    }
  }

  #lookForGap(bytes: Uint8Array, from: number, before: number): number {
    let zeros = before;
    for (let at = from; at < bytes.length; at += 1) {
      if (bytes[at] === 0) zeros += 1;
      else if (zeros >= GAP_BYTES) {
        this.#zeros = null;
        return at;
      } else zeros = 0;
    }
    this.#zeros = zeros;
    return bytes.length;
  }

  #fillHeader(bytes: Uint8Array, at: number): number {
    const part = bytes.subarray(at, at + HEADER_BYTES - this.#headerHeld);
    this.#header.set(part, this.#headerHeld);
    this.#headerHeld += part.length;
    if (this.#headerHeld === HEADER_BYTES) {
      this.#headerHeld = 0;
      const length = this.#header.readUInt32BE(4);
      if (length > PAYLOAD_BYTES) this.#lose();
      else {
        this.#body = Buffer.allocUnsafe(length + 1);
        this.#bodyHeld = 0;
      }
    }
    return at + part.length;
  }

  #fillBody(bytes: Uint8Array, at: number, body: Buffer): number {
    const part = bytes.subarray(at, at + body.length - this.#bodyHeld);
    body.set(part, this.#bodyHeld);
    this.#bodyHeld += part.length;
    if (this.#bodyHeld === body.length) {
      this.#body = null;
      const kind = body.at(-1);
      if (isKind(kind)) this.#onFrame(this.#header.readUInt32BE(0), kind, body.subarray(0, -1));
      // Zero: cut short, and filled up by a gap that goes on.
      else if (kind !== 0) this.#lose();
    }
    return at + part.length;
  }

  #lose(): void {
    this.#zeros = 0;
    this.#onLost();
  }
}
