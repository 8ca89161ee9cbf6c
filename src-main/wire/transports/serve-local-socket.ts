import type { AnyRouter } from '@orpc/server';
import { chmod, lstat, unlink } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { dirname } from 'node:path';
import { systemTimer, type Timer } from '../timer.ts';
import { preparePrivateDirectory } from './local-socket-path.ts';
import { createSocketHandler, createSocketServer } from './serve-web-socket.ts';

export interface LocalSocketOptions {
  readonly router: AnyRouter;
  /** From `localSocketPath`. Its folder is made private; who may open the folder may use the service. */
  readonly path: string;
  readonly timer?: Timer;
}

/** An open listener. Closing it rejects the pending calls of its clients. */
export interface Listener {
  close(): Promise<void>;
}

/**
 * Serves the router as WebSocket over a Unix domain socket or a named pipe. The caller holds the lock of the data
 * directory: a socket found at the path is then left over from a service that was killed, and is removed.
 */
export async function serveLocalSocket({ router, path, timer = systemTimer }: LocalSocketOptions): Promise<Listener> {
  const isFile = !path.startsWith('\\\\');
  if (isFile) {
    preparePrivateDirectory(dirname(path));
    await removeStaleSocket(path);
  }
  const sockets = createSocketServer();
  const serve = createSocketHandler(router, timer);
  const server = createServer((_request, response) => response.writeHead(426).end());
  server.on('upgrade', (request, stream, head) => {
    sockets.handleUpgrade(request, stream, head, (socket) => serve(socket));
  });
  await listen(server, path);
  if (isFile) await chmod(path, 0o600);
  return {
    async close() {
      for (const socket of sockets.clients) socket.terminate();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

async function removeStaleSocket(path: string): Promise<void> {
  const found = await lstat(path).catch(() => null);
  if (found === null) return;
  if (!found.isSocket()) throw new Error(`${path} is in the way: it is not a socket`);
  await unlink(path);
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
