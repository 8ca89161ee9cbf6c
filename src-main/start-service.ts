import { claimDataDirectory } from './adapters/files/claim-data-directory.ts';
import { createDrydock, type Drydock, type DrydockConfig } from './compose.ts';
import { localSocketPath } from './wire/transports/local-socket-path.ts';
import { serveLocalSocket } from './wire/transports/serve-local-socket.ts';

/** A service: the fleet's owner, reachable by the command line of the same user. */
export interface RunningService extends Drydock {
  readonly socket: string;
}

/**
 * Claims the data directory, composes Drydock on it and listens on its local socket. Rejects with a fault: dataHeld (another
 * service has it, named by its process), newerData, damagedData, diskFull.
 */
export const startService = async (config: DrydockConfig): Promise<RunningService> => {
  const socket = localSocketPath(config.dataDirectory);
  const claim = await claimDataDirectory(config.dataDirectory);
  try {
    const drydock = await createDrydock(config);
    try {
      const listener = await serveLocalSocket({ router: drydock.router, path: socket });
      await claim.announce(socket);
      return {
        ...drydock,
        socket,
        dispose: async () => {
          await listener.close();
          await drydock.dispose();
          await claim.release();
        },
      };
    } catch (error) {
      await drydock.dispose();
      throw error;
    }
  } catch (error) {
    await claim.release();
    throw error;
  }
};
