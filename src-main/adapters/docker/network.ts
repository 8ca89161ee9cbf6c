import { EngineFailure } from '../../ports/container-engine.ts';
import { withTimeout } from './engine-call.ts';
import { marked, type EngineContext } from './engine-context.ts';
import { answerIn } from './engine-fault.ts';
import { requireContainerName } from './engine-names.ts';
import { labelFilter } from './label-filter.ts';

type Labels = Readonly<Record<string, string>>;

/** Only what carries labels is ever looked at: the engine's own networks, and those of others, are none of ours. */
export const networks = (context: EngineContext, labels: Labels): Promise<readonly { readonly name: string; readonly labels: Labels }[]> =>
  withTimeout('networks', context.timeouts.callMs, {}, async (abortSignal) => {
    const found = await context.link.docker.listNetworks({ filters: labelFilter(labels), abortSignal } as object);
    return found.map(({ Name, Labels: carried }) => ({ name: Name, labels: carried ?? {} }));
  });

/** Makes a bridge of its own: what is in it reaches the outside, and no container of another network. Fine when ours is there already. */
export const createNetwork = (context: EngineContext, name: string, labels: Labels): Promise<void> =>
  marked(context, 'createNetwork', async () => {
    try {
      await withTimeout('createNetwork', context.timeouts.callMs, {}, (abortSignal) =>
        context.link.docker.createNetwork({
          Name: requireContainerName(name),
          CheckDuplicate: true,
          Driver: 'bridge',
          Options: { 'com.docker.network.bridge.enable_icc': 'false' },
          Labels: { ...labels },
          abortSignal,
        } as Parameters<typeof context.link.docker.createNetwork>[0]),
      );
    } catch (error) {
      const isTaken = error instanceof EngineFailure && answerIn(error.cause)?.status === 409;
      if (!isTaken || !(await networks(context, labels)).some((each) => each.name === name)) throw error;
    }
  });

/** Fine when it is gone. */
export const removeNetwork = (context: EngineContext, name: string): Promise<void> =>
  marked(context, 'removeNetwork', async () => {
    try {
      await withTimeout('removeNetwork', context.timeouts.callMs, {}, (abortSignal) =>
        context.link.docker.getNetwork(requireContainerName(name)).remove({ abortSignal } as object),
      );
    } catch (error) {
      if (error instanceof EngineFailure && answerIn(error.cause)?.status === 404) return;
      throw error;
    }
  });
