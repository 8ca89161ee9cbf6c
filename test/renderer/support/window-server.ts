import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { RPCHandler } from '@orpc/server/ws';
import { WebSocketServer } from 'ws';
import { contentSecurityPolicy } from '../../../src-main/wire/content-security-policy.ts';
import type { FakeService } from './fake-service.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
};

export interface WindowServer {
  readonly url: string;
  /** Cuts every connection, as a service that dies would; new ones are taken unless `refuse` is set. */
  cut(refuse?: boolean): void;
  accept(): void;
  close(): Promise<void>;
}

/** Serves the built window and a fake service under one address, as the real service does. */
export const serveWindow = async (folder: string, service: FakeService): Promise<WindowServer> => {
  let refusing = false;
  const http = createServer((request, response) => {
    const path = normalize(decodeURIComponent((request.url ?? '/').split('?')[0] ?? '/'));
    readFile(join(folder, path === '/' ? 'index.html' : path)).then(
      (body) => response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? TYPES['.html'], 'content-security-policy': contentSecurityPolicy() }).end(body),
      () => response.writeHead(404).end(),
    );
  });
  const sockets = new WebSocketServer({ server: http, path: '/rpc', verifyClient: () => !refusing });
  const handler = new RPCHandler(service.router);
  sockets.on('connection', (socket) => void handler.upgrade(socket));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}/`,
    cut: (refuse = false) => {
      refusing = refuse;
      for (const socket of sockets.clients) socket.terminate();
    },
    accept: () => {
      refusing = false;
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets.clients) socket.terminate();
        sockets.close();
        http.closeAllConnections();
        http.close(() => resolve());
      }),
  };
};
