import type { Clock } from '../../ports/surroundings.ts';

/** How often waking time is counted. */
const TICK_MS = 1_000;
/** A tick that comes later than this slept through the rest: only this much of it counts. */
const LONGEST_TICK_MS = 5_000;

/**
 * Counts waking time, in whole milliseconds, against a budget: a laptop that slept through the night has not used it up. Calls `onSpent` once.
 * Returns the way to stop counting.
 */
export const countWakingTime = (
  clock: Clock,
  budget: { readonly usedMs: number; readonly totalMs: number },
  onTick: (usedMs: number) => void,
  onSpent: () => void,
): (() => void) => {
  let used = budget.usedMs;
  let last = clock.monotonic();
  let callOff = (): void => {};
  const tick = (): void => {
    const now = clock.monotonic();
    used += Math.min(now - last, LONGEST_TICK_MS);
    last = now;
    onTick(Math.round(used));
    if (used >= budget.totalMs) onSpent();
    else callOff = clock.after(Math.min(TICK_MS, budget.totalMs - used), tick);
  };
  callOff = clock.after(Math.min(TICK_MS, Math.max(0, budget.totalMs - used)), tick);
  return () => {
    callOff();
  };
};
