import type { WebSocket } from 'ws';
import type { Timer } from '../timer.ts';
import { backoffMs } from './backoff.ts';
import { ServiceUnreachable } from './connection.ts';

export interface ReconnectingOptions {
  open(): WebSocket;
  readonly timer: Timer;
  random(): number;
  /** Attempts in a row that may fail before it gives up; 0: one cut is the end. */
  readonly attempts: number;
}

/** readyState of a WebSocket, by the standard. */
const CONNECTING = 0;
const CLOSED = 3;

/**
 * One socket after another behind the face of a single one. While it is cut, calls are rejected at once; who wants
 * to go on (a live iterator) awaits `whenOpen`.
 */
export class ReconnectingSocket extends EventTarget {
  readonly #options: ReconnectingOptions;
  #socket: WebSocket | null = null;
  #failures = 0;
  #ended: ServiceUnreachable | null = null;
  #callOff = () => {};

  constructor(options: ReconnectingOptions) {
    super();
    this.#options = options;
    this.#connect();
  }

  get readyState(): number {
    return this.#socket?.readyState ?? CLOSED;
  }

  send(data: string | ArrayBufferLike | ArrayBufferView | Blob): void {
    this.#socket?.send(data as string);
  }

  /** Settles with the connection: at once when it is open. Rejects when it was given up, closed, or let go by the signal. */
  whenOpen(signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#ended) return reject(this.#ended);
      if (signal?.aborted) return reject(signal.reason);
      if (this.#socket !== null && this.#socket.readyState === this.#socket.OPEN) return resolve();
      const settle = new AbortController();
      const on = (target: EventTarget, event: string, act: () => void) =>
        target.addEventListener(event, () => (settle.abort(), act()), { once: true, signal: settle.signal });
      on(this, 'open', resolve);
      on(this, 'ended', () => reject(this.#ended));
      if (signal) on(signal, 'abort', () => reject(signal.reason));
    });
  }

  close(): void {
    this.#end(new ServiceUnreachable('The connection was closed.'));
    const socket = this.#socket;
    if (socket === null) return;
    if (socket.readyState === CONNECTING) socket.terminate();
    else socket.close();
  }

  #connect(): void {
    const socket = this.#options.open();
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    let reason = 'it was cut';
    socket.on('error', (error) => (reason = error.message));
    socket.on('open', () => {
      this.#failures = 0;
      this.dispatchEvent(new Event('open'));
    });
    socket.on('message', (data, isBinary) => {
      this.dispatchEvent(new MessageEvent('message', { data: isBinary ? data : data.toString() }));
    });
    socket.on('close', () => {
      this.#socket = null;
      this.#tryAgain(reason);
      this.dispatchEvent(new Event('close'));
    });
  }

  #tryAgain(reason: string): void {
    if (this.#ended) return;
    if (this.#failures >= this.#options.attempts) {
      return this.#end(new ServiceUnreachable(`No connection to the service: ${reason}.`));
    }
    const pause = backoffMs(this.#failures++, this.#options.random());
    this.#callOff = this.#options.timer.after(pause, () => this.#connect());
  }

  #end(why: ServiceUnreachable): void {
    if (this.#ended) return;
    this.#ended = why;
    this.#callOff();
    this.dispatchEvent(new Event('ended'));
  }
}
