import type { Clock } from '../../src-main/ports/surroundings.ts';

/** A clock in the test's hand: time passes when `pass` is called, and only then. */
export interface HandClock extends Clock {
  pass(ms: number): void;
  /** Time passes in one leap, as over a night asleep: due timers fire once, late. */
  leap(ms: number): void;
}

export const handClock = (start = 0): HandClock => {
  let now = start;
  const timers = new Map<symbol, { at: number; callback: () => void }>();
  const due = (): [symbol, { at: number; callback: () => void }] | undefined =>
    [...timers].filter(([, timer]) => timer.at <= now).toSorted(([, a], [, b]) => a.at - b.at)[0];
  const fire = (): void => {
    for (let next = due(); next !== undefined; next = due()) {
      timers.delete(next[0]);
      next[1].callback();
    }
  };
  return {
    now: () => now,
    monotonic: () => now,
    after: (ms, callback) => {
      const name = Symbol('timer');
      timers.set(name, { at: now + ms, callback });
      return () => void timers.delete(name);
    },
    pass: (ms) => {
      const end = now + ms;
      for (;;) {
        const next = Math.min(end, ...[...timers.values()].map((timer) => timer.at));
        now = Math.max(now, next);
        fire();
        if (now >= end) return;
      }
    },
    leap: (ms) => {
      now += ms;
      fire();
    },
  };
};
