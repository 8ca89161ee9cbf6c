import { Duplex } from 'node:stream';
import type { Budget } from './budget.ts';

/** Both directions of something, in bytes. */
export interface Passed {
  sentBytes: number;
  receivedBytes: number;
}

/** A connection to the world whose bytes count. One piece is held in each direction, never more. */
export class Metered extends Duplex {
  readonly #inner: Duplex;
  readonly #budget: Budget;
  readonly #passed: Passed;

  constructor(inner: Duplex, budget: Budget, passed: Passed) {
    super({ allowHalfOpen: true });
    this.#inner = inner;
    this.#budget = budget;
    this.#passed = passed;
    inner.on('data', (piece: Buffer) => this.#take(piece));
    inner.on('end', () => this.push(null));
    inner.on('error', (error) => this.destroy(error));
    inner.on('close', () => {
      if (!inner.readableEnded || !inner.writableFinished) this.destroy(new Error('the connection was closed'));
    });
    inner.pause();
  }

  #take(piece: Buffer): void {
    try {
      this.#passed.receivedBytes += piece.length;
      this.#budget.receive(piece.length);
    } catch (error) {
      this.destroy(error instanceof Error ? error : undefined);
      return;
    }
    if (!this.push(piece)) this.#inner.pause();
  }

  override _read(): void {
    this.#inner.resume();
  }

  override _write(piece: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    try {
      this.#budget.send(piece.length);
    } catch (error) {
      return done(error instanceof Error ? error : null);
    }
    this.#passed.sentBytes += piece.length;
    if (this.#inner.write(piece)) done();
    else this.#inner.once('drain', () => done());
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#inner.end(() => done());
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#inner.destroy();
    done(error);
  }

  /** What HTTP asks of a socket when it keeps it for the next request. */
  setKeepAlive(): this {
    return this;
  }
  setNoDelay(): this {
    return this;
  }
  setTimeout(): this {
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
}
