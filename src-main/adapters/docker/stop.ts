import { setTimeout as pause } from 'node:timers/promises';
import { marked, onContainer, type EngineContext } from './engine-context.ts';
import { answerIn, isOfKind } from './engine-fault.ts';
import { inspect } from './inspect.ts';
import { EngineFailure } from '../../ports/container-engine.ts';

/** An ending container holds its own removal up for about this long at most. */
const REMOVAL_PATIENCE_MS = 10_000;

/** Asks the container to end and kills it after the grace. Fine when it has ended or is gone. */
export const stop = (context: EngineContext, name: string, graceSeconds: number): Promise<void> =>
  marked(context, 'stop', async () => {
    // The engine counts whole seconds.
    const t = Math.max(0, Math.ceil(graceSeconds));
    try {
      await onContainer(context, 'stop', name, (container, abortSignal) => container.stop({ t, abortSignal }), t * 1_000 + context.timeouts.callMs);
    } catch (error) {
      if (isOfKind(error, 'noSuchContainer')) return;
      // 304: it had ended.
      if (error instanceof EngineFailure && answerIn(error.cause)?.status === 304) return;
      throw error;
    }
  });

/**
 * Kills and removes, with the volumes that its image declared. An engine may answer 409 ("removal in progress") or 500
 * about a container that is just ending; then it is asked again.
 */
export const remove = (context: EngineContext, name: string): Promise<void> =>
  marked(context, 'remove', async () => {
    context.unstarted.forget(name);
    const until = performance.now() + REMOVAL_PATIENCE_MS;
    for (let waitMs = 20; ; waitMs = Math.min(waitMs * 2, 500)) {
      try {
        await onContainer(context, 'remove', name, (container, abortSignal) => container.remove({ force: true, v: true, abortSignal }));
        return;
      } catch (error) {
        if (isOfKind(error, 'noSuchContainer')) return;
        const status = error instanceof EngineFailure ? answerIn(error.cause)?.status : undefined;
        if ((status !== 409 && status !== 500) || performance.now() > until) throw error;
        if ((await inspect(context, name)) === null) return;
        await pause(waitMs);
      }
    }
  });
