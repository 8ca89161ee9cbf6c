import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { connectLocal } from '../wire/client/connect-local.ts';
import { ServiceUnreachable } from '../wire/client/connection.ts';
import type { Service } from './surroundings.ts';

/** The note beside a service's lock. It may be left over, half written or of another version. */
const note = z.object({ socket: z.string().min(1) });

/** A service that has taken its lock listens soon: how long, in milliseconds, and how often it is looked for. */
const STARTING = { tries: 50, everyMs: 100 };

/**
 * Connects to the service that runs on a data directory; where none does, composes one in this process. Composing is
 * loaded only then, so that a thin client starts fast.
 */
export async function openService(dataDirectory: string): Promise<Service> {
  const running = await connectToRunning(dataDirectory);
  if (running !== null) return running;
  try {
    return await compose(dataDirectory);
  } catch (error) {
    if (!isHeld(error)) throw error;
    for (let attempt = 0; attempt < STARTING.tries; attempt += 1) {
      await pause(STARTING.everyMs);
      const started = await connectToRunning(dataDirectory);
      if (started !== null) return started;
    }
    throw error;
  }
}

async function connectToRunning(dataDirectory: string): Promise<Service | null> {
  try {
    const { socket } = note.parse(JSON.parse(await readFile(join(dataDirectory, 'service.json'), 'utf8')));
    const connection = await connectLocal(socket);
    return { ...connection, isOurs: false };
  } catch (error) {
    // No note, an unreadable one, or nobody behind it: the lock decides, in compose.
    if (error instanceof ServiceUnreachable || error instanceof z.ZodError || error instanceof SyntaxError) return null;
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return null;
    throw error;
  }
}

async function compose(dataDirectory: string): Promise<Service> {
  const [{ startService }, { connectInMemory }] = await Promise.all([
    import('../start-service.ts'),
    import('../wire/client/connect-in-memory.ts'),
  ]);
  const service = await startService({ dataDirectory });
  const connection = connectInMemory(service.router);
  return {
    client: connection.client,
    isOurs: true,
    async close() {
      await connection.close();
      await service.dispose();
    },
  };
}

function isHeld(error: unknown): boolean {
  const fault = error instanceof Error && 'fault' in error ? error.fault : null;
  return typeof fault === 'object' && fault !== null && 'code' in fault && fault.code === 'dataHeld';
}
