import { EngineFailure } from '../../ports/container-engine.ts';
import { failureFrom, type CallSubject } from './engine-fault.ts';

/** How long the adapter waits for the engine, in milliseconds. */
export interface EngineTimeouts {
  /** For an answer to an ordinary call, and for the first byte of a streamed one. */
  readonly callMs: number;
  /** For calls that grow with data (commit, put, size): how long nothing may move before it is called hung. */
  readonly idleMs: number;
}

export const DEFAULT_TIMEOUTS: EngineTimeouts = { callMs: 30_000, idleMs: 30_000 };

/** Runs one call; after `afterMs` its request is ended and the call rejects with timedOut. */
export const withTimeout = async <T>(
  call: string,
  afterMs: number,
  subject: CallSubject,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> => {
  const abort = new AbortController();
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    late.reject(new EngineFailure({ kind: 'timedOut', call, afterMs }));
    abort.abort();
  }, afterMs);
  try {
    return await Promise.race([work(abort.signal), late.promise]);
  } catch (error) {
    throw failureFrom(error, subject);
  } finally {
    clearTimeout(timer);
  }
};

/**
 * Runs a call that may take as long as it needs. Every `idleMs` it must prove to be alive: `isAlive` says that
 * something moved, or that the engine still answers other calls. The proof itself has `callMs`.
 */
export const whileAlive = async <T>(
  call: string,
  timeouts: EngineTimeouts,
  subject: CallSubject,
  isAlive: () => boolean | Promise<boolean>,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> => {
  const abort = new AbortController();
  const hung = Promise.withResolvers<never>();
  const giveUp = (): void => {
    hung.reject(new EngineFailure({ kind: 'timedOut', call, afterMs: timeouts.idleMs }));
    abort.abort();
  };
  let settled = false;
  let timer: NodeJS.Timeout | undefined;
  const watch = (): void => {
    if (settled) return;
    timer = setTimeout(() => {
      Promise.resolve(isAlive()).then((alive) => (alive ? watch() : giveUp()), giveUp);
    }, timeouts.idleMs);
  };
  watch();
  try {
    return await Promise.race([work(abort.signal), hung.promise]);
  } catch (error) {
    throw failureFrom(error, subject);
  } finally {
    settled = true;
    clearTimeout(timer);
  }
};
