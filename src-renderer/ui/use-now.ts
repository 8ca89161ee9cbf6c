import { useSyncExternalStore } from 'react';

let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

/** One timer for all that ticks, and none while nothing does. */
const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  now = Date.now();
  timer ??= setInterval(() => {
    now = Date.now();
    for (const each of listeners) each();
  }, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
};
const still = (): (() => void) => () => undefined;

/** The time in milliseconds, moving once a second while `ticking`. */
export const useNow = (ticking: boolean): number => useSyncExternalStore(ticking ? subscribe : still, () => now);
