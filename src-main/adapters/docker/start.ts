import { marked, onContainer, type EngineContext } from './engine-context.ts';

/** Starts a created container. Rejects with noSuchContainer. */
export const start = (context: EngineContext, name: string): Promise<void> =>
  marked(context, 'start', () => {
    // Whether or not it succeeds: from here on the engine has to be asked.
    context.unstarted.forget(name);
    return onContainer(context, 'start', name, async (container, abortSignal) => void (await container.start({ abortSignal })));
  });
