import type { Clock } from '../../ports/surroundings.ts';

/** The machine's own time. Its timers alone do not keep the process alive: what is waited for does. */
export const systemClock: Clock = {
  now: () => Date.now(),
  // Since the machine's start, not the process's: what one service counted, the next goes on from.
  monotonic: () => Number(process.hrtime.bigint() / 1_000n) / 1_000,
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};
