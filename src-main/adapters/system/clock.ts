import { performance } from 'node:perf_hooks';
import type { Clock } from '../../ports/surroundings.ts';

/** The machine's own time. Its timers alone do not keep the process alive: what is waited for does. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};
