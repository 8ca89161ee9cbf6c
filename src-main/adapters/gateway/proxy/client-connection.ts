import type { Duplex } from 'node:stream';
import type { Clock } from '../../../ports/surroundings.ts';
import type { Passed } from './metered.ts';
import type { ProxyContext } from './proxy-context.ts';
import type { Pinned } from './reach.ts';
import type { Upstream } from './upstream.ts';

/** Until a request is whole, on a new connection or between two. */
const ASKING_MS = 120_000;
/** Without a byte in either direction once something is under way: longer than any long poll should last. */
const SILENT_MS = 600_000;

/** Requests that a client may send before the first of them is answered. */
const MOST_PIPELINED = 64;

/** Calls once when nothing has passed for so long, at the latest when twice that has gone by. */
export const whenSilent = (clock: Clock, passed: Passed, callback: () => void): (() => void) => {
  let before = -1;
  let stop = (): void => {};
  const look = (): void => {
    const now = passed.sentBytes + passed.receivedBytes;
    if (now === before) return callback();
    before = now;
    stop = clock.after(SILENT_MS, look);
  };
  look();
  return () => stop();
};

/** One connection on which a client speaks HTTP: with the proxy itself, or inside a tunnel whose TLS has been ended. */
export class ClientConnection {
  /** Where a tunnel leads; null: each request says where it is to go. */
  readonly tunnel: Pinned | null;
  readonly passed: Passed = { sentBytes: 0, receivedBytes: 0 };
  /** Requests that came. */
  requests = 0;
  #waiting = 0;
  #turn: Promise<void> = Promise.resolve();
  readonly #stream: Duplex;
  readonly #context: Pick<ProxyContext, 'clock'>;
  readonly #gone = new AbortController();
  #stopWaiting: () => void = () => {};
  #upstream: Upstream | null = null;
  #giveBack: () => void = () => {};

  constructor(context: Pick<ProxyContext, 'clock'>, stream: Duplex, tunnel: Pinned | null) {
    this.#context = context;
    this.#stream = stream;
    this.tunnel = tunnel;
    stream.once('close', () => {
      this.#gone.abort();
      this.end();
    });
    this.#waitForRequest();
  }

  /** Aborted when the client is gone. */
  get gone(): AbortSignal {
    return this.#gone.signal;
  }

  /** Takes one request after the other: a client may send the next before it has its answer. Never rejects. */
  inTurn(take: () => Promise<void>): Promise<void> {
    this.requests += 1;
    this.#waiting += 1;
    if (this.#waiting > MOST_PIPELINED) this.#stream.destroy();
    const taken = async (): Promise<void> => {
      this.#work();
      try {
        if (!this.#stream.destroyed) await take();
      } catch {
        this.#stream.destroy();
      } finally {
        this.#waiting -= 1;
        this.#waitForRequest();
      }
    };
    this.#turn = this.#turn.then(taken);
    return this.#turn;
  }

  /** The next request has its time from now on. */
  #waitForRequest(): void {
    this.#stopWaiting();
    if (!this.#stream.destroyed) this.#stopWaiting = this.#context.clock.after(ASKING_MS, () => this.#stream.destroy());
  }

  /** Something is under way: only silence ends it. */
  #work(): void {
    this.#stopWaiting();
    this.#stopWaiting = whenSilent(this.#context.clock, this.passed, () => this.#stream.destroy());
  }

  /** What was looked up for this host before on this connection; null: nothing. */
  upstreamTo(host: string, port: number): Upstream | null {
    const place = this.#upstream?.pinned.decision.place;
    return place?.host === host && place.port === port ? this.#upstream : null;
  }

  /** Requests go there from now on; the connection to the host before is given up. */
  use(upstream: Upstream, giveBack: () => void): void {
    this.leave();
    this.#upstream = upstream;
    this.#giveBack = giveBack;
  }

  leave(): void {
    this.#upstream?.end();
    this.#giveBack();
    this.#upstream = null;
    this.#giveBack = () => {};
  }

  /** No request is waited for any more: the client is gone, or speaks something else from now on. */
  end(): void {
    this.#stopWaiting();
    this.leave();
  }
}
