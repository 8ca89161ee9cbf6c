import type { Clock } from '../ports/surroundings.ts';

/** The part of a clock that transports need; tests hold it in their hand. */
export type Timer = Pick<Clock, 'after'>;

/** Real time. A pending timer does not keep the process alive. */
export const systemTimer: Timer = {
  after(ms, callback) {
    const handle = setTimeout(callback, ms);
    handle.unref();
    return () => clearTimeout(handle);
  },
};
