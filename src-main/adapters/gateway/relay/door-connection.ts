import { constants, type ServerHttp2Stream } from 'node:http2';
import { Duplex } from 'node:stream';

interface Piece {
  readonly chunk: Buffer;
}

/**
 * One TCP connection of the run, over a stream of HTTP/2. Each side's end has trailers; without them it is a break, which HTTP/2
 * itself would show as an end: what was cut off must not look whole.
 */
export class DoorConnection extends Duplex {
  readonly #stream: ServerHttp2Stream;

  /** Answers the relay, which reads nothing of the connection before. */
  constructor(stream: ServerHttp2Stream) {
    super({ allowHalfOpen: true });
    this.#stream = stream;
    let whole = false;
    const broken = (): void => void this.destroy(new Error('the connection broke'));
    stream.on('trailers', () => (whole = true));
    stream.on('data', (bytes: Buffer) => {
      if (!this.push(bytes)) stream.pause();
    });
    stream.on('end', () => (whole ? this.push(null) : broken()));
    stream.on('error', broken);
    // Whoever uses the connection sees it break; unseen it must not end the service.
    this.on('error', () => {});
    stream.on('close', () => {
      if (!whole || !this.writableEnded) broken();
    });
    stream.respond({ ':status': 200 }, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers({ whole: '1' }));
  }

  override _read(): void {
    this.#stream.resume();
  }

  override _write(chunk: Buffer, encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#stream.write(chunk, encoding, done);
  }

  override _writev(pieces: readonly Piece[], done: (error?: Error | null) => void): void {
    this.#stream.cork();
    for (const { chunk } of pieces.slice(0, -1)) this.#stream.write(chunk);
    this.#stream.write(pieces.at(-1)?.chunk, done);
    this.#stream.uncork();
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#stream.end();
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    // Fine when the stream has come to its end on both sides.
    if (!this.#stream.closed && !(this.readableEnded && this.writableFinished)) this.#stream.close(constants.NGHTTP2_CONNECT_ERROR);
    done(error);
  }
}
