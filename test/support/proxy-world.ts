import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect as connectTcp, createServer as createTcpServer, type AddressInfo } from 'node:net';
import { duplexPair, type Duplex } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { connect as connectTls, TLSSocket, type ConnectionOptions } from 'node:tls';
import type { FrozenNetwork, NetworkEntry } from '../../src-main/contract/network.ts';
import type { Reach } from '../../src-main/adapters/gateway/run-proxy.ts';
import { openAuthority, type Authority } from '../../src-main/adapters/gateway/proxy/authority.ts';
import { createProxy, type Proxy, type ProxyOptions } from '../../src-main/adapters/gateway/proxy/create-proxy.ts';
import { systemClock } from '../../src-main/adapters/system/clock.ts';

/** A request as it reached the sink. */
export interface Arrived {
  readonly speech: 'tls' | 'http';
  readonly serverName: string | null;
  readonly method: string;
  readonly url: string;
  readonly headers: readonly string[];
  readonly body: string;
}

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A world outside, owned by the test: names, addresses and hosts, and everything that arrived there. */
export interface World {
  readonly authority: Authority;
  /** Addresses by name; a list of lists gives another answer each time. */
  readonly names: Map<string, readonly string[]>;
  readonly lookedUp: string[];
  readonly dialled: string[];
  readonly arrived: Arrived[];
  /** Bytes that reached the sink at all, on whatever connection. */
  bytes(): number;
  answer: Answer;
  /** Takes raw connections instead of the hosts. */
  raw: ((connection: Duplex) => void) | null;
  /** The way here, for a whole Drydock. */
  readonly reach: Required<Reach>;
  proxy(network: FrozenNetwork, more?: Partial<ProxyOptions>): Promise<Client>;
  close(): Promise<void>;
}

/** What a program inside does. */
export interface Client {
  readonly proxy: Proxy;
  readonly entries: NetworkEntry[];
  /** The last word on each kind of attempt, as `refused|passed host:port METHOD path ×count`. */
  log(): string[];
  /** A connection to the proxy, as it is. */
  open(): Duplex;
  /** Sends bytes and gives all that is answered. */
  say(bytes: string | Buffer): Promise<string>;
  /** Asks for a tunnel. */
  tunnel(target: string): Promise<Tunnel>;
  /** TLS in a tunnel that was granted. */
  secure(target: string, options?: ConnectionOptions): Promise<TLSSocket>;
  /** One request in a tunnel of its own. */
  https(url: string, options?: Ask): Promise<Told>;
  http(url: string, options?: Ask): Promise<Told>;
}

export interface Ask {
  readonly method?: string;
  readonly headers?: Record<string, string> | string[];
  readonly body?: string | Buffer;
  readonly on?: Duplex;
  /** Name that is asked for in TLS and in the Host header, when it is another. */
  readonly serverName?: string;
  readonly path?: string;
}
export interface Told {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  /** Of a refusal. */
  readonly reason: string | null;
}
export interface Tunnel {
  readonly status: number;
  readonly reason: string | null;
  readonly stream: Duplex;
}

export const reasonIn = (text: string): string | null => /"error":"drydock","reason":"(\w+)"/.exec(text)?.[1] ?? null;

/** Settles when there is something to read, or never will be. */
export const somethingOf = async (stream: Duplex): Promise<void> => {
  const looked = new AbortController();
  await Promise.race(['readable', 'end', 'close'].map((event) => once(stream, event, { signal: looked.signal }).catch(() => {})));
  looked.abort();
};

/** Reads to the end of a head, and puts back what follows it. */
export const readHead = async (stream: Duplex): Promise<string> => {
  let held = Buffer.alloc(0);
  for (;;) {
    const piece = stream.read() as Buffer | null;
    if (piece === null) {
      if (stream.readableEnded || stream.destroyed) return held.toString('latin1');
      await somethingOf(stream);
      continue;
    }
    held = Buffer.concat([held, piece]);
    const end = held.indexOf('\r\n\r\n');
    if (end === -1) continue;
    if (held.length > end + 4) stream.unshift(held.subarray(end + 4));
    return held.subarray(0, end + 4).toString('latin1');
  }
};

const told = async (message: IncomingMessage): Promise<Told> => {
  const body = (await buffer(message)).toString('latin1');
  return { status: message.statusCode ?? 0, headers: message.headers, body, reason: reasonIn(body) };
};

const exchange = async (stream: Duplex, path: string, host: string, { method = 'GET', headers = {}, body }: Ask): Promise<Told> => {
  const list = Array.isArray(headers) ? headers : Object.entries(headers).flat();
  const named = list.some((name, at) => at % 2 === 0 && name.toLowerCase() === 'host');
  const framed = list.some((name, at) => at % 2 === 0 && /^(?:content-length|transfer-encoding)$/i.test(name));
  const length = body === undefined || framed ? [] : ['Content-Length', String(Buffer.byteLength(body))];
  const sent = httpRequest({ createConnection: () => stream, method, path, setHost: false, headers: [...(named ? [] : ['Host', host]), ...list, ...length] });
  const answered = once(sent, 'response') as Promise<[IncomingMessage]>;
  sent.on('error', () => {});
  sent.end(body);
  return told((await answered)[0]);
};

const listening = async (server: { listen(port: number, host: string): unknown; address(): AddressInfo | string | null } & NodeJS.EventEmitter): Promise<number> => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
};

export const createWorld = async (): Promise<World> => {
  const authority = await openAuthority(null, systemClock);
  const clients: Client[] = [];
  const sockets = new Set<Duplex>();
  let bytes = 0;

  const host: Server = createServer({ keepAliveTimeout: 0 }, (request, response) => {
    void (async () => {
      const body = (await buffer(request)).toString('latin1');
      const { socket } = request;
      const serverName = socket instanceof TLSSocket && typeof socket.servername === 'string' ? socket.servername : null;
      world.arrived.push({ speech: socket instanceof TLSSocket ? 'tls' : 'http', serverName, method: request.method ?? '', url: request.url ?? '', headers: request.rawHeaders, body });
      world.answer(request, response);
    })().catch(() => response.destroy());
  });
  const sink = (speech: 'tls' | 'http') =>
    createTcpServer((socket) => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
      socket.on('error', () => {});
      if (world.raw !== null) return world.raw(socket);
      socket.on('data', (piece) => (bytes += piece.length));
      if (speech === 'http') return void host.emit('connection', socket);
      socket.pause();
      const secured = new TLSSocket(socket, {
        isServer: true,
        SNICallback: (name, done) => void authority.contextFor(name).then((context) => done(null, context), (error: Error) => done(error)),
      });
      secured.on('error', () => socket.destroy());
      host.emit('connection', secured);
    });
  const tls = sink('tls');
  const http = sink('http');
  const [tlsPort, httpPort] = [await listening(tls), await listening(http)];

  const world: World = {
    authority,
    names: new Map(),
    lookedUp: [],
    dialled: [],
    arrived: [],
    bytes: () => bytes,
    answer: (_request, response) => void response.end('hello from the sink'),
    raw: null,
    reach: {
      trust: [authority.pem],
      resolve: async (name) => {
        world.lookedUp.push(name);
        const found = world.names.get(name) ?? [];
        if (found.length === 0) throw Object.assign(new Error(`no ${name}`), { code: 'ENOTFOUND' });
        return found;
      },
      dial: async ({ address, port }) => {
        world.dialled.push(`${address}:${port}`);
        const socket = connectTcp({ host: '127.0.0.1', port: port === 80 || port === 8080 ? httpPort : tlsPort, allowHalfOpen: true });
        await once(socket, 'connect');
        return socket;
      },
    },
    proxy: async (network, more = {}) => {
      const entries: NetworkEntry[] = [];
      const proxy = await createProxy({
        network,
        secrets: new Map(),
        turn: 1,
        clock: systemClock,
        ...world.reach,
        onEntry: (entry) => entries.push(entry),
        ...more,
      });
      const client = clientOf(proxy, entries, authority.pem);
      clients.push(client);
      return client;
    },
    close: async () => {
      await Promise.all(clients.map(({ proxy }) => proxy.close()));
      for (const socket of sockets) socket.destroy();
      await Promise.all([tls, http].map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
  return world;
};

/** Two ends of one connection; when one is destroyed the other is, as with sockets. */
export const connectionPair = (): [Duplex, Duplex] => {
  const [one, other] = duplexPair();
  for (const [gone, left] of [[one, other], [other, one]] as const) {
    gone.on('error', () => {});
    gone.once('close', () => left.destroy());
    gone.setMaxListeners(32);
  }
  return [one, other];
};

const clientOf = (proxy: Proxy, entries: NetworkEntry[], ca: string): Client => {
  const client: Client = {
    proxy,
    entries,
    log: () => {
      const last = new Map(entries.map((entry) => [`${entry.refused ?? 'passed'} ${entry.host}:${entry.port}${entry.method === null ? '' : ` ${entry.method}`}${entry.path === null ? '' : ` ${entry.path}`}`, entry.count]));
      return [...last].map(([kind, count]) => (count === 1 ? kind : `${kind} ×${count}`));
    },
    open: () => {
      const [inside, outside] = connectionPair();
      proxy.accept(outside);
      return inside;
    },
    say: async (sent) => {
      const stream = client.open();
      stream.write(sent);
      const answer = await buffer(stream);
      stream.end();
      return answer.toString('latin1');
    },
    tunnel: async (target) => {
      const stream = client.open();
      stream.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n\r\n`);
      const head = await readHead(stream);
      const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0);
      if (status === 200) return { status, reason: null, stream };
      const body = (await buffer(stream)).toString();
      stream.end();
      return { status, reason: reasonIn(body), stream };
    },
    secure: async (target, options = {}) => {
      const { status, reason, stream } = await client.tunnel(target);
      if (status !== 200) throw new Error(`tunnel refused: ${reason}`);
      const trusted = proxy.authorityPem === null ? [] : [proxy.authorityPem];
      const socket = connectTls({ socket: stream, servername: target.slice(0, target.lastIndexOf(':')).replace(/\.$/, ''), ca: [...trusted, ca], ...options });
      socket.once('close', () => stream.destroy());
      await once(socket, 'secureConnect');
      socket.on('error', () => {});
      return socket;
    },
    https: async (url, ask = {}) => {
      const { hostname, port, pathname, search } = new URL(url);
      const socket = ask.on ?? (await client.secure(`${hostname}:${port === '' ? 443 : port}`, ask.serverName === undefined ? {} : { servername: ask.serverName }));
      const answer = await exchange(socket, ask.path ?? `${pathname}${search}`, ask.serverName ?? (port === '' ? hostname : `${hostname}:${port}`), ask);
      if (ask.on === undefined) socket.destroy();
      return answer;
    },
    http: async (url, ask = {}) => {
      const stream = ask.on ?? client.open();
      const answer = await exchange(stream, url, new URL(url).host, ask);
      if (ask.on === undefined) stream.destroy();
      return answer;
    },
  };
  return client;
};
