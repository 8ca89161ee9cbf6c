import type { Readable } from 'node:stream';
import { EngineFailure } from '../../ports/container-engine.ts';
import { whileAlive } from './engine-call.ts';
import { marked, type EngineContext } from './engine-context.ts';
import { answers } from './facts.ts';
import { requireContainer } from './inspect.ts';

/** A process of the container could swap a folder for a link while the engine unpacks. Resolves to the id. */
const requireUnstarted = async (context: EngineContext, name: string): Promise<string> => {
  const { id, state } = await requireContainer(context, name);
  if (state === 'created') return id;
  throw new EngineFailure({ kind: 'refused', message: `files are only put into a container that never ran; ${name} did` });
};

/**
 * Unpacks a tar below `directory` of a container that never ran. Owner, mode and links are the archive's own. The
 * archive is ended when the call fails, so that its producer does not wait for ever.
 */
export const put = (context: EngineContext, name: string, directory: string, archive: Readable): Promise<void> =>
  marked(context, 'put', async () => {
    try {
      const id = context.unstarted.get(name)?.id ?? (await requireUnstarted(context, name));
      let moved = false;
      archive.on('data', () => (moved = true));
      // Listening has set it flowing; the bytes are wanted by the request only.
      archive.pause();
      const isAlive = async (): Promise<boolean> => {
        const something = moved;
        moved = false;
        return something || (archive.readableEnded && (await answers(context)));
      };
      await whileAlive('put', context.timeouts, { container: name }, isAlive, async (abortSignal) => {
        await context.link.docker.getContainer(id).putArchive(archive, { path: directory, abortSignal });
      });
    } catch (error) {
      // A producer that fails is the cause itself, not a fault of the engine.
      const cause = archive.errored;
      archive.destroy();
      throw cause ?? error;
    }
  });
