import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { getCACertificates, rootCertificates } from 'node:tls';
import type { FrozenNetwork, NetworkEntry } from '../../../contract/network.ts';
import { looksInside } from '../../../domain/network/decide-connection.ts';
import type { Clock } from '../../../ports/surroundings.ts';
import { Budget, type Spent } from './budget.ts';
import { ClientConnection } from './client-connection.ts';
import { denyConnection } from './denial.ts';
import { requireInjectable } from './injected-headers.ts';
import { Ledger } from './ledger.ts';
import type { Dial, ProxyContext, Redact, Resolve } from './proxy-context.ts';
import { dialBySystem, resolveBySystem, type Pinned } from './reach.ts';
import { takeRequest } from './take-request.ts';
import { takeTunnel } from './take-tunnel.ts';

export interface ProxyOptions {
  readonly network: FrozenNetwork;
  /** Values of the headers that are added for a host, by the secret's name. */
  readonly secrets: ReadonlyMap<string, string>;
  readonly turn: number;
  /** What an earlier proxy of this run kept; null: it is the first. */
  readonly kept?: string | null;
  /** What the run has sent and received before; without it what `entries` say. */
  readonly used?: Spent;
  /** What was told of the run before: budgets are those of all its turns, and attempts of this turn are counted on. */
  readonly entries?: readonly NetworkEntry[];
  readonly onEntry: (entry: NetworkEntry) => void;
  readonly clock: Clock;
  readonly resolve?: Resolve;
  readonly dial?: Dial;
  /** Makes what replaces an echo of the credentials that were sent along; without it nothing is replaced. */
  readonly redact?: Redact;
  /** Certificate authorities by which hosts are verified, as PEM, instead of those of this machine. */
  readonly trust?: readonly string[];
}

/** The proxy of one run. All that is decided about its connections is decided here; nothing of it listens anywhere. */
export interface Proxy {
  /** Takes a connection as a client opened it, before its first byte. Never throws. */
  accept(connection: Duplex): void;
  /** What the next proxy of this run needs in order to go on as this one, with the key of its certificates; null: nothing. */
  readonly keep: string | null;
  /** Certificate authority for programs inside to trust, as PEM; null: no connection is looked into. */
  readonly authorityPem: string | null;
  /** Ends every connection, and tells of each what has passed. Nothing is told after it has resolved. */
  close(): Promise<void>;
}

/** Connections that are open at all, also those on which everything is refused. */
const MOST_CLIENTS = 256;
const HEADER_BYTES = 32_768;
const HEADERS = 128;
const LISTENERS = 32;

/** What this machine trusts, Node's own list and the system's: a company's mirror is signed by the company. */
let trusted: readonly string[] | null = null;
const trustOfMachine = (): readonly string[] => {
  if (trusted !== null) return trusted;
  const found = new Set(rootCertificates);
  for (const kind of ['default', 'system'] as const) {
    try {
      for (const certificate of getCACertificates(kind)) found.add(certificate);
    } catch {
      // A runtime without the system's list has its own.
    }
  }
  return (trusted = [...found]);
};

const identity: Redact = () => ({ push: (bytes) => bytes, end: () => Buffer.alloc(0) });

const spentIn = (entries: readonly NetworkEntry[]): Spent => ({
  sentBytes: entries.reduce((sum, { sentBytes }) => sum + sentBytes, 0),
  receivedBytes: entries.reduce((sum, { receivedBytes }) => sum + receivedBytes, 0),
});

/**
 * Makes the proxy of one run. Throws a `SeatFailure` when its policy cannot be enforced as it is: a credential that is missing, or
 * certificates that cannot be taken up again.
 */
export const createProxy = async (options: ProxyOptions): Promise<Proxy> => {
  const { secrets, turn, clock, kept = null, entries = [], used = spentIn(entries), onEntry } = options;
  // Whatever becomes of the object that was given: the policy is what it was at the beginning.
  const network = structuredClone(options.network);
  requireInjectable({ network, secrets });
  // The library for certificates is large, and most runs need none.
  const authority = looksInside(network) ? await (await import('./authority.ts')).openAuthority(kept, clock) : null;
  const ledger = new Ledger(turn, entries, clock, onEntry);
  const connections = new WeakMap<Duplex, ClientConnection>();
  const open = new Set<Duplex>();
  const tasks = new Set<Promise<void>>();
  let closed = false;

  const track = (connection: Duplex, work: Promise<void>): void => {
    const task = work.catch(() => void connection.destroy()).finally(() => tasks.delete(task));
    tasks.add(task);
  };

  const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    response.on('error', () => {});
    request.on('error', () => {});
    const connection = connections.get(request.socket);
    if (connection === undefined) return void request.socket.destroy();
    track(request.socket, connection.inTurn(() => takeRequest(context, connection, request, response)));
  };

  const takeInside = (stream: Duplex, tunnel: Pinned): ClientConnection => {
    const connection = new ClientConnection({ clock }, stream, tunnel);
    connections.set(stream, connection);
    inside.emit('connection', stream);
    return connection;
  };

  const serverOf = (): Server => {
    const server = createServer({ maxHeaderSize: HEADER_BYTES, requireHostHeader: false, insecureHTTPParser: false, keepAliveTimeout: 0, headersTimeout: 0, requestTimeout: 0 });
    server.maxHeadersCount = HEADERS;
    server.on('request', onRequest).on('checkContinue', onRequest).on('checkExpectation', onRequest);
    server.on('clientError', (error: Error & { code?: string }, socket: Duplex) => {
      if (error.code?.startsWith('HPE_') !== true || !socket.writable) return void socket.destroy();
      const place = connections.get(socket)?.tunnel?.decision.place;
      ledger.record({ host: place?.host ?? '', port: place?.port ?? 0, method: null, path: null, refused: 'badRequest', wouldNeed: null });
      denyConnection(socket, { refusal: 'badRequest', message: 'this is no request that can be read in one way alone' }, clock);
    });
    return server;
  };

  const outer = serverOf();
  outer.on('connect', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const connection = connections.get(socket);
    if (connection === undefined) return void socket.destroy();
    connection.end();
    if (head.length > 0) socket.unshift(head);
    track(socket, takeTunnel(context, socket, request.url ?? '', takeInside, connection.gone));
  });
  const inside = serverOf();
  // A tunnel inside a tunnel is a request like any other, and refused like one.
  inside.on('connect', (_request: IncomingMessage, socket: Duplex) => {
    const place = connections.get(socket)?.tunnel?.decision.place;
    ledger.record({ host: place?.host ?? '', port: place?.port ?? 0, method: 'CONNECT', path: null, refused: 'methodNotAllowed', wouldNeed: null });
    denyConnection(socket, { refusal: 'methodNotAllowed', message: 'CONNECT is never sent on' }, clock);
  });

  const context: ProxyContext = {
    network,
    secrets,
    budget: new Budget(network.budget, used, clock),
    ledger,
    authority,
    resolve: options.resolve ?? resolveBySystem,
    dial: options.dial ?? dialBySystem,
    redact: options.redact ?? identity,
    trust: () => options.trust ?? trustOfMachine(),
    clock,
  };

  return {
    accept: (connection) => {
      // HTTP, TLS, both ways of a tunnel and the proxy itself each look at one end: more than a stream expects, and no leak.
      connection.setMaxListeners(LISTENERS);
      connection.on('error', () => connection.destroy());
      if (closed || open.size >= MOST_CLIENTS || connection.destroyed) return void connection.destroy();
      open.add(connection);
      connection.once('close', () => open.delete(connection));
      connections.set(connection, new ClientConnection({ clock }, connection, null));
      outer.emit('connection', connection);
    },
    keep: authority?.keep ?? null,
    authorityPem: authority?.pem ?? null,
    close: async () => {
      closed = true;
      for (const connection of open) connection.destroy();
      while (tasks.size > 0) await Promise.allSettled(tasks);
      ledger.close();
    },
  };
};
