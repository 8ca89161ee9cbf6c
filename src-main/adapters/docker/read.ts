import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { EngineFailure } from '../../ports/container-engine.ts';
import type { EngineContext } from './engine-context.ts';
import { onContainer } from './engine-context.ts';
import { isOfKind } from './engine-fault.ts';
import { requireContainer } from './inspect.ts';

/**
 * A tar of one path of a container that is not running (a running one could change it meanwhile); null when there is no
 * such path. The stream breaks with timedOut when the engine stays silent; a slow reader is no silence.
 */
export const read = async (context: EngineContext, name: string, path: string): Promise<Readable | null> => {
  const { id, state } = await requireContainer(context, name);
  if (state === 'running') throw new EngineFailure({ kind: 'refused', message: `${name} is running; only a stopped container is read` });
  try {
    const answer = await onContainer(context, 'read', id, (container, abortSignal) => container.getArchive({ path, abortSignal }));
    const tar = answer as IncomingMessage;
    const { idleMs } = context.timeouts;
    tar.setTimeout(idleMs, () => {
      if (tar.readableLength === 0) tar.destroy(new EngineFailure({ kind: 'timedOut', call: 'read', afterMs: idleMs }));
    });
    return tar;
  } catch (error) {
    // The container is there: what is missing is the path.
    if (isOfKind(error, 'noSuchContainer')) return null;
    throw error;
  }
};
