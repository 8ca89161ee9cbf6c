import { once } from 'node:events';
import { createConnection, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { findEngine, type EngineFound, type EngineNotFound } from '../../resources/engine/find-engine.mjs';

/** A way to the machine's engine that the test can cut, hang and restore; the engine itself and others on it are not touched. */
export interface EngineProxy {
  /** For `createDrydock({ engine })`. */
  readonly find: () => Promise<EngineFound | EngineNotFound>;
  /** Connections break and no new one is taken, as when the engine stops. */
  cut(): void;
  /** Connections are taken and never answered; what is open goes silent. */
  hang(): void;
  restore(): void;
  close(): Promise<void>;
}

export const startEngineProxy = async (folder: string, state: 'open' | 'cut' = 'open'): Promise<EngineProxy> => {
  const machine = await findEngine();
  if (!machine.found || machine.endpoint.kind !== 'socket') throw new Error('these tests need an engine on a local socket');
  const { path: target } = machine.endpoint;
  const path = join(folder, 'engine.sock');
  let way: 'open' | 'cut' | 'hung' = state;
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    return socket.on('error', () => {}).on('close', () => sockets.delete(socket));
  };
  const server = createServer((near) => {
    keep(near);
    if (way === 'cut') near.destroy();
    if (way !== 'open') return;
    const far = keep(createConnection(target));
    far.on('close', () => near.destroy());
    near.on('close', () => far.destroy());
    near.pipe(far).pipe(near);
  });
  server.listen(path);
  await once(server, 'listening');
  const destroyAll = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    find: async () =>
      way === 'cut'
        ? { found: false, tried: [{ source: 'proxy', where: `unix://${path}`, problem: 'nobody listens' }], nextStep: 'Start the engine.' }
        : { found: true, endpoint: { kind: 'socket', path }, source: 'proxy' },
    cut: () => {
      way = 'cut';
      destroyAll();
    },
    hang: () => {
      way = 'hung';
      for (const socket of sockets) socket.unpipe().pause();
    },
    restore: () => {
      way = 'open';
      // What went silent never says another word: it is broken, as by an engine that was restarted.
      destroyAll();
    },
    close: async () => {
      destroyAll();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
};
