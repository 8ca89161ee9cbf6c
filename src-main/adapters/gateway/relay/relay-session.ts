import { performServerHandshake, type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2';
import type { Duplex } from 'node:stream';
import { Carrier } from './carrier.ts';
import { DoorConnection } from './door-connection.ts';
import { PAYLOAD_BYTES } from './frames.ts';
import { Questions, type Answer, type Question } from './questions.ts';

/** A stream's window: the relay has 128 MB, and with larger ones twenty slow readers fill them. */
const STREAM_WINDOW = 256 * 1024;
/** Bounds what is under way in the frames. */
const CONNECTION_WINDOW = 2 ** 20;
/** With its own header of nine bytes it fills a frame of the relay's. */
const FRAME_BYTES = PAYLOAD_BYTES - 9;
/** The relay keeps to 64 connections; the line for questions is a stream too. */
const STREAMS = 80;
const MEMORY_MB = 64;
/** A program that gives up connections in great number wears out its own budget, not the session: its streams are the relay's resets. */
const RESETS = { streamResetBurst: 100_000, streamResetRate: 10_000 };
const CONTROL = 'control';

/** One HTTP/2 connection with the relay; each of its streams is a TCP connection of the run. */
export class RelaySession {
  readonly number: number;
  readonly carrier: Carrier;
  /** Ticks since the last frame. */
  silentTicks = 0;
  readonly #http2: ServerHttp2Session;
  readonly #questions = Promise.withResolvers<Questions>();
  #over = false;

  constructor(number: number, line: NodeJS.WritableStream, onConnection: (door: string, connection: Duplex) => void, onOver: () => void) {
    this.number = number;
    this.carrier = new Carrier(number, line);
    this.#http2 = performServerHandshake(this.carrier, {
      settings: { initialWindowSize: STREAM_WINDOW, maxFrameSize: FRAME_BYTES, maxConcurrentStreams: STREAMS },
      maxSessionMemory: MEMORY_MB,
      ...RESETS,
    });
    this.#http2.setLocalWindowSize(CONNECTION_WINDOW);
    this.#questions.promise.catch(() => {});
    const over = (): void => {
      if (this.#over) return;
      this.end();
      onOver();
    };
    this.#http2.on('error', over).on('close', over).on('goaway', over);
    this.carrier.on('error', over).on('close', over);
    this.#http2.on('stream', (stream: ServerHttp2Stream, headers) => {
      // Given up before it was looked at.
      if (stream.destroyed || stream.closed) return;
      const door = String(headers['door']);
      if (door === CONTROL) {
        stream.on('error', () => {});
        stream.respond({ ':status': 200 });
        return this.#questions.resolve(new Questions(stream));
      }
      onConnection(door, new DoorConnection(stream));
    });
  }

  /** Settles when the relay has opened the line for questions: it is there, and speaks. */
  get ready(): Promise<unknown> {
    return this.#questions.promise;
  }

  /** Rejects when the session ends first. */
  async ask(question: Question): Promise<Answer> {
    return (await this.#questions.promise).ask(question);
  }

  end(): void {
    if (this.#over) return;
    this.#over = true;
    this.#questions.reject(new Error('the session with the relay ended'));
    this.#http2.destroy();
    this.carrier.destroy();
  }
}
