import { Duplex, type Writable } from 'node:stream';
import { frameAround, KIND, PAYLOAD_BYTES } from './frames.ts';

/** More than the windows let be under way: reached only when the relay does not read. */
const UNSENT_BYTES = 4 * 2 ** 20;

type Done = (error?: Error | null) => void;
/** A stream of the engine's client: in fact one that can join writes and count what it holds. */
type Line = NodeJS.WritableStream & Partial<Pick<Writable, 'cork' | 'uncork' | 'writableLength'>>;

/** The bytes of one session's HTTP/2 connection, to and from frames. */
export class Carrier extends Duplex {
  readonly #session: number;
  readonly #line: Line;
  #wanted: PromiseWithResolvers<void> | null = null;

  constructor(session: number, line: NodeJS.WritableStream) {
    super({ allowHalfOpen: true });
    this.#session = session;
    this.#line = line;
  }

  /** Hands on what came from the relay. A promise: more is not wanted until it settles. */
  deliver(payload: Buffer): void | Promise<void> {
    if (this.destroyed || this.push(payload)) return;
    this.#wanted ??= Promise.withResolvers();
    return this.#wanted.promise;
  }

  override _read(): void {
    this.#wanted?.resolve();
    this.#wanted = null;
  }

  override _write(chunk: Buffer, _encoding: string, done: Done): void {
    this.#send([chunk], done);
  }

  override _writev(pieces: readonly { readonly chunk: Buffer }[], done: Done): void {
    this.#send(
      pieces.map(({ chunk }) => chunk),
      done,
    );
  }

  /**
   * Done at once although the line may not have taken it: HTTP/2 stops reading while a write is under way, and two sides that do so
   * would wait for each other. The connection's window bounds what is held.
   */
  #send(pieces: readonly Buffer[], done: Done): void {
    // Nothing is joined: a download's bytes would be copied once more, and each copy be collected.
    const line = this.#line;
    line.cork?.();
    for (const payload of inFrames(pieces)) {
      const length = payload.reduce((sum, piece) => sum + piece.length, 0);
      const [before, after] = frameAround(this.#session, KIND.bytes, length);
      for (const piece of [before, ...payload, after]) line.write(piece);
    }
    line.uncork?.();
    if ((line.writableLength ?? 0) < UNSENT_BYTES) done();
    else line.once('drain', () => done());
  }

  override _destroy(error: Error | null, done: Done): void {
    this.#wanted?.resolve();
    done(error);
  }
}

/** Cuts and groups bytes so that each group fits a frame. */
const inFrames = (pieces: readonly Buffer[]): Buffer[][] => {
  const groups: Buffer[][] = [];
  let room = 0;
  for (const piece of pieces) {
    for (let at = 0; at < piece.length; ) {
      if (room === 0) {
        groups.push([]);
        room = PAYLOAD_BYTES;
      }
      const part = piece.subarray(at, at + room);
      groups.at(-1)?.push(part);
      room -= part.length;
      at += part.length;
    }
  }
  return groups;
};
