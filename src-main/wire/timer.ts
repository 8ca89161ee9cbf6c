import type { Clock } from '../ports/surroundings.ts';

/** The part of a clock that transports need; tests hold it in their hand. */
export type Timer = Pick<Clock, 'after'>;

/** Real time. A pending timer keeps the process alive: who waits for a service to come back must not end meanwhile. */
export const systemTimer: Timer = {
  after(ms, callback) {
    const handle = setTimeout(callback, ms);
    return () => clearTimeout(handle);
  },
};
