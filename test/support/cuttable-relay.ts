import { once } from 'node:events';
import { createConnection, createServer, type Socket } from 'node:net';

/** Relays a local socket and destroys its connections when told to, between bytes as well as between messages. */
export async function createRelay(from: string, to: string) {
  const pairs = new Set<Socket>();
  const waiting: (() => void)[] = [];
  const server = createServer((near) => {
    const far = createConnection(to);
    for (const socket of [near, far]) {
      pairs.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        pairs.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.pipe(far).pipe(near);
    for (const resolve of waiting.splice(0)) resolve();
  });
  server.listen(from);
  await once(server, 'listening');
  return {
    cut() {
      for (const socket of pairs) socket.destroy();
    },
    nextConnection: () => new Promise<void>((resolve) => waiting.push(resolve)),
    async close() {
      for (const socket of pairs) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
