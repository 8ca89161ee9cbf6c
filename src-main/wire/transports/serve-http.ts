import type { AnyRouter } from '@orpc/server';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { contentSecurityPolicy } from '../content-security-policy.ts';
import { systemTimer, type Timer } from '../timer.ts';
import { createHttpAccess, newHttpSecrets, type HttpAccess, type HttpSecrets } from './http-access.ts';
import { createSocketHandler, createSocketServer } from './serve-web-socket.ts';
import { sendStaticFile } from './static-files.ts';

export interface HttpOptions {
  readonly router: AnyRouter;
  /** 0 or left out: any free port. */
  readonly port?: number;
  /** Those of an earlier service, so that pages it served connect again; new ones by default. */
  readonly secrets?: HttpSecrets;
  /** The built renderer. */
  readonly staticDirectory: string;
  /** Development only: the page is served from there, and the printed address leads to it. */
  readonly rendererUrl?: string;
  readonly timer?: Timer;
}

export interface HttpListener {
  /** Address with the token: what a person opens. */
  readonly url: string;
  readonly origin: string;
  readonly port: number;
  close(): Promise<void>;
}

/** Path of the WebSocket. */
export const RPC_PATH = '/rpc';

/**
 * Serves the interface and the router on the loopback address alone. The address with the token sets a cookie; every
 * other request and the WebSocket need that cookie, our own Host and, for the WebSocket, our own Origin.
 *
 * @throws the system's error when the port is taken.
 */
export async function serveHttp(options: HttpOptions): Promise<HttpListener> {
  const server = createServer();
  const port = await listen(server, options.port ?? 0);
  const renderer = options.rendererUrl === undefined ? null : new URL(options.rendererUrl);
  // Cookies and SameSite go by host name: in development the page and the service must be opened under the same one.
  const origin = `http://${renderer?.hostname === 'localhost' ? 'localhost' : '127.0.0.1'}:${port}`;
  const access = createHttpAccess(port, options.secrets ?? newHttpSecrets(), renderer?.origin);
  const socketAddress = origin.replace('http:', 'ws:');
  const home = renderer === null ? '/' : developmentHome(renderer, socketAddress);
  const page = { access, home, root: options.staticDirectory, headers: headersFor(socketAddress) };
  server.on('request', (request, response) => void answer(page, request, response));

  const sockets = createSocketServer();
  const serve = createSocketHandler(options.router, options.timer ?? systemTimer);
  server.on('upgrade', (request, stream, head) => {
    const refusal = upgradeRefusal(access, request);
    if (refusal !== null) return refuseUpgrade(stream, refusal);
    sockets.handleUpgrade(request, stream, head, (socket) => serve(socket));
  });
  return {
    url: `${origin}/?token=${access.token}`,
    origin,
    port,
    async close() {
      for (const socket of sockets.clients) socket.terminate();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

interface Page {
  readonly access: HttpAccess;
  readonly home: string;
  readonly root: string;
  readonly headers: Record<string, string>;
}

async function answer(page: Page, request: IncomingMessage, response: ServerResponse): Promise<void> {
  for (const [name, value] of Object.entries(page.headers)) response.setHeader(name, value);
  const say = (status: number, text: string) =>
    response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' }).end(`${text}\n`);
  if (!page.access.isOurHost(request)) return void say(421, 'Not a name of this service.');
  if (request.method !== 'GET' && request.method !== 'HEAD') return void say(405, 'Only GET.');
  const target = URL.parse(request.url ?? '/', 'http://service');
  if (target === null) return void say(400, 'Not an address.');
  const token = target.pathname === '/' ? target.searchParams.get('token') : null;
  if (token !== null && page.access.isToken(token)) {
    response.writeHead(303, { location: page.home, 'set-cookie': page.access.cookie(), 'cache-control': 'no-store' }).end();
    return;
  }
  if (!page.access.hasCookie(request)) {
    return void say(401, 'This window is not signed in. Open the address that `drydock serve` printed.');
  }
  await sendStaticFile(page.root, target.pathname, response, request.method === 'GET');
}

function upgradeRefusal(access: HttpAccess, request: IncomingMessage): string | null {
  if (!access.isOurHost(request)) return '421 Misdirected Request';
  if (request.url !== RPC_PATH) return '404 Not Found';
  if (!access.isOurOrigin(request)) return '403 Forbidden';
  return access.hasCookie(request) ? null : '401 Unauthorized';
}

function refuseUpgrade(stream: Duplex, status: string): void {
  stream.on('error', () => {});
  stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** The page of the development server is told where the service is. */
function developmentHome(renderer: URL, socketAddress: string): string {
  const home = new URL(renderer);
  home.searchParams.set('service', `${socketAddress}${RPC_PATH}`);
  return home.href;
}

function headersFor(socketAddress: string): Record<string, string> {
  return {
    'content-security-policy': contentSecurityPolicy(socketAddress),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=()',
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}
