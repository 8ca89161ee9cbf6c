import { setTimeout as pause } from 'node:timers/promises';
import { EngineFailure } from '../../ports/container-engine.ts';

/**
 * Output ends a moment before the engine has noted the process's end. Longer than this means that the connection
 * broke: then a false "broken" is repaired by following the log, a false "ended" would lose output.
 */
const SETTLE_MS = 5_000;

/** Asks until the process has ended. Rejects with unavailable when it goes on: then its output did not end either. */
export const requireEnded = async (hasEnded: () => Promise<boolean>, what: string): Promise<void> => {
  const until = performance.now() + SETTLE_MS;
  for (let waitMs = 5; !(await hasEnded()); waitMs = Math.min(waitMs * 2, 250)) {
    if (performance.now() > until) {
      throw new EngineFailure({ kind: 'unavailable', message: `the connection to the output of ${what} broke` });
    }
    await pause(waitMs);
  }
};
