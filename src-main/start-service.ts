import { claimDataDirectory } from './adapters/files/claim-data-directory.ts';
import { createDrydock, type Drydock, type DrydockConfig } from './compose.ts';
import { stopRuns } from './core/service/stop-runs.ts';
import { localSocketPath } from './wire/transports/local-socket-path.ts';
import { serveLocalSocket } from './wire/transports/serve-local-socket.ts';

/** The fleet's owner in this process, reachable by the command line of the same user. */
export interface RunningService {
  readonly router: Drydock['router'];
  readonly socket: string;
  /** Cancels what is under way and waits for it, at most `limitMs`; nothing queued starts any more. */
  stopRuns(limitMs: number): Promise<void>;
  /** Lets go of everything. Runs go on in their containers. */
  dispose(): Promise<void>;
}

/**
 * Makes this process the service of a data directory: takes the lock, composes, listens on the local socket and says so. Rejects
 * with a fault: dataHeld (another service has it, named by its process), newerData, damagedData, diskFull.
 */
export const startService = async (config: DrydockConfig): Promise<RunningService> => {
  const claim = await claimDataDirectory(config.dataDirectory);
  const undo: (() => Promise<void>)[] = [() => claim.release()];
  const dispose = async (): Promise<void> => {
    for (const step of undo.splice(0).toReversed()) await step();
  };
  try {
    const drydock = await createDrydock({ ...config, dataDirectory: claim.directory });
    undo.push(() => drydock.dispose());
    const socket = localSocketPath(claim.directory);
    const listener = await serveLocalSocket({ router: drydock.router, path: socket });
    undo.push(() => listener.close());
    await claim.announce(socket);
    return { router: drydock.router, socket, stopRuns: (limitMs) => stopRuns(drydock.core, limitMs), dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
};
