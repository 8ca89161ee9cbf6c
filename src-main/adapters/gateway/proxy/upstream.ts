import { Agent, type ClientRequestArgs } from 'node:http';
import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import type { NetworkRefusal } from '../../../contract/network.ts';
import { Metered, type Passed } from './metered.ts';
import type { ProxyContext } from './proxy-context.ts';
import { reach, type Pinned } from './reach.ts';
import { within } from './within.ts';

const HANDSHAKE_MS = 15_000;

/** Ends a request for whose connection there is no budget. */
export class NoPlace extends Error {
  readonly refusal: NetworkRefusal;
  constructor(refusal: NetworkRefusal) {
    super(`no connection is left in the run's budget: ${refusal}`);
    this.refusal = refusal;
  }
}

/** Ends a request to a host that is not who it should be. */
export class NotVerified extends Error {}

const secured = (socket: TLSSocket): Promise<TLSSocket> => {
  const done = Promise.withResolvers<TLSSocket>();
  socket.once('secureConnect', () => done.resolve(socket));
  socket.once('error', (error: Error & { code?: string }) => done.reject(/CERT|ALTNAME|SELF_SIGNED|UNABLE_TO/.test(error.code ?? '') ? new NotVerified(error.message) : error));
  socket.once('close', () => done.reject(new Error('the host ended the connection')));
  return done.promise;
};

/** Speaks TLS to a host as its name demands, whatever address it was found at. */
const secure = async ({ trust, clock }: ProxyContext, raw: Duplex, name: string, signal: AbortSignal): Promise<Duplex> => {
  if (isIP(name) !== 0) throw new NotVerified('an address has no certificate');
  const socket = connectTls({ socket: raw, servername: name, ALPNProtocols: ['http/1.1'], ca: [...trust()], minVersion: 'TLSv1.2', rejectUnauthorized: true });
  socket.on('close', () => raw.destroy());
  try {
    return await within(clock, HANDSHAKE_MS, signal, secured(socket));
  } catch (error) {
    socket.destroy();
    throw error;
  }
};

/**
 * The connection on which one client's requests to one host are sent on. It is kept between requests; when the host has closed
 * it, the next goes to one of the same addresses.
 */
export class Upstream {
  readonly pinned: Pinned;
  readonly agent: Agent;
  readonly #context: ProxyContext;
  readonly #passed: Passed;
  readonly #ending = new AbortController();
  #begun = 0;

  constructor(context: ProxyContext, pinned: Pinned, passed: Passed) {
    this.pinned = pinned;
    this.#context = context;
    this.#passed = passed;
    this.agent = new Agent({ keepAlive: true, maxSockets: 1, maxFreeSockets: 1 });
    this.agent.createConnection = (_options: ClientRequestArgs, done?: (error: Error | null, stream: Duplex) => void) => {
      this.#connect().then(
        (stream) => done?.(null, stream),
        // The types have no word for it: an error comes without a connection.
        (error: unknown) => done?.(error instanceof Error ? error : new Error(String(error)), undefined as unknown as Duplex),
      );
      return undefined;
    };
  }

  /** Ends what is under way; whoever held a place in the budget gives it back. */
  end(): void {
    this.#ending.abort();
    this.agent.destroy();
  }

  async #connect(): Promise<Duplex> {
    const { budget } = this.#context;
    const { host, speech } = this.pinned.decision.place;
    // The first was counted when its place was taken.
    const refusal = this.#begun === 0 ? null : budget.begin();
    if (refusal !== null) throw new NoPlace(refusal);
    this.#begun += 1;
    const { signal } = this.#ending;
    const raw = new Metered(await reach(this.#context, this.pinned, signal), budget, this.#passed);
    raw.on('error', () => {});
    const stream = speech === 'tls' ? await secure(this.#context, raw, host, signal) : raw;
    stream.on('error', () => {});
    const end = (): void => void stream.destroy();
    signal.addEventListener('abort', end, { once: true });
    stream.once('close', () => signal.removeEventListener('abort', end));
    if (signal.aborted) stream.destroy();
    return stream;
  }
}
