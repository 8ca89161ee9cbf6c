import type { Clock } from '../../ports/surroundings.ts';

/** A moment by the calendar (milliseconds since 1970) and awake (milliseconds since the machine's start without sleep). */
export interface Moment {
  readonly now: number;
  readonly awake: number;
}

export const momentOf = (clock: Clock): Moment => ({ now: clock.now(), awake: clock.monotonic() });

/**
 * Waking milliseconds from `since` to now, when no service was there to count them. After a restart of the machine, seen by less
 * waking time than before, all of it since then counts; a clock that was set never makes it more than the other one says.
 */
export const wakingTimeSince = (since: Moment, clock: Clock): number => {
  const { now, awake } = momentOf(clock);
  return Math.round(Math.max(0, Math.min(now - since.now, awake >= since.awake ? awake - since.awake : awake)));
};

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
