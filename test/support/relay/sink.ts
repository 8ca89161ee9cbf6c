import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import type { Reach } from '../../../src-main/adapters/gateway/run-proxy.ts';

export interface Sink {
  /** Paths that were asked for, in order. */
  readonly asked: readonly string[];
  /** How a proxy reaches the world: every name is this sink. */
  readonly reach: Reach;
  /** Where it is on this machine. */
  readonly port: number;
  close(): Promise<void>;
}

const PIECE = Buffer.alloc(65_536, 'drydock ');

/**
 * A web server on this machine's loopback, for every name there is: `/bytes/N` answers with N bytes, `/endless` goes on until its
 * client leaves, any other path is answered with itself.
 */
export const startSink = async (): Promise<Sink> => {
  const asked: string[] = [];
  const answer = async (path: string, response: ServerResponse): Promise<void> => {
    let left = Number(/^\/bytes\/(\d+)$/.exec(path)?.[1] ?? (path === '/endless' ? Infinity : Number.NaN));
    if (Number.isNaN(left)) return void response.end(path);
    if (left !== Infinity) response.setHeader('content-length', left);
    const gone = once(response, 'close');
    for (; left > 0 && !response.destroyed; left -= PIECE.length) {
      if (!response.write(left < PIECE.length ? PIECE.subarray(0, left) : PIECE)) await Promise.race([once(response, 'drain'), gone]);
    }
    response.end();
  };
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push(path);
    response.on('error', () => {});
    void answer(path, response).catch(() => {});
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    asked,
    port,
    reach: {
      // Any public address: where it leads is decided below.
      resolve: async () => ['93.184.215.14'],
      dial: async () => {
        const socket = connect({ host: '127.0.0.1', port, noDelay: true, allowHalfOpen: true });
        await once(socket, 'connect');
        return socket;
      },
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
