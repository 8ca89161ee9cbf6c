import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import type { Reach } from '../../src-main/adapters/gateway/run-proxy.ts';

/** A server on loopback that stands for the world: whatever name is allowed leads to it, and only by the proxy. */
export interface World {
  readonly seen: { readonly method: string; readonly host: string; readonly url: string }[];
  /** Names that were looked up. */
  readonly resolved: string[];
  readonly reach: Reach;
  /** Where it listens, for `reachAt` in another process. */
  readonly port: number;
  close(): void;
}

/** An address that is public in every table, and that nothing here ever connects to. */
const PUBLIC = '93.184.216.34';

/** The way to a world that listens here; every name leads to it. */
export const reachAt = (port: number, resolved: string[] = []): Reach => ({
  resolve: async (name) => {
    resolved.push(name);
    return [PUBLIC];
  },
  dial: async () => {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return socket;
  },
});

/** `status`: what it answers a path with; by default it knows all. */
export const startWorld = async (status: (path: string) => number = () => 200): Promise<World> => {
  const seen: World['seen'] = [];
  const resolved: string[] = [];
  const server: Server = createServer((request, response) => {
    seen.push({ method: request.method ?? '', host: request.headers.host ?? '', url: request.url ?? '' });
    response.statusCode = status(request.url ?? '');
    response.end('the world says hello\n');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    seen,
    resolved,
    reach: reachAt(port, resolved),
    port,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};
