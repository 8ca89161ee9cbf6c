import type { ContainerEngine } from '../../ports/container-engine.ts';
import type { EngineConnection } from '../../ports/engine-connection.ts';

/** Resolves with the engine when there is one; rejects with the signal's reason when that comes first. */
export const engineUp = (engines: EngineConnection, signal: AbortSignal): Promise<ContainerEngine> => {
  const present = engines.engine();
  if (signal.aborted) return Promise.reject(signal.reason as Error);
  if (present !== null) return Promise.resolve(present);
  return new Promise((resolve, reject) => {
    const stop = engines.onChange(() => {
      const engine = engines.engine();
      if (engine === null) return;
      settle();
      resolve(engine);
    });
    const abort = (): void => {
      settle();
      reject(signal.reason as Error);
    };
    const settle = (): void => {
      stop();
      signal.removeEventListener('abort', abort);
    };
    signal.addEventListener('abort', abort);
  });
};
