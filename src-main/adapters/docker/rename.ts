import { marked, onContainer, type EngineContext } from './engine-context.ts';
import { requireContainerName } from './engine-names.ts';

/** Gives a container another name. Rejects with nameTaken when another one has it. */
export const rename = (context: EngineContext, name: string, to: string): Promise<void> => {
  const wanted = requireContainerName(to);
  return marked(context, 'rename', async () => {
    await onContainer(context, 'rename', name, async (container, abortSignal) => void (await container.rename({ name: wanted, abortSignal })));
    context.unstarted.rename(name, wanted);
  });
};
