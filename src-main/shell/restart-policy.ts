/** Five ends a minute are a fault that starting again does not cure; fewer may be a crash or the system's memory killer. */
const WINDOW_MS = 60_000;
const MOST_RESTARTS = 5;
const FIRST_DELAY_MS = 100;
const LONGEST_DELAY_MS = 5_000;

export type RestartDecision = { readonly kind: 'restart'; readonly delayMs: number } | { readonly kind: 'giveUp' };

/**
 * Whether and when a service that ended is started again.
 * @param ends instants (ms) at which it ended by itself, this end included
 * @param now the present instant (ms), on the same clock
 */
export function decideRestart(ends: readonly number[], now: number): RestartDecision {
  const recent = recentEnds(ends, now).length;
  if (recent > MOST_RESTARTS) return { kind: 'giveUp' };
  return { kind: 'restart', delayMs: Math.min(FIRST_DELAY_MS * 2 ** Math.max(0, recent - 1), LONGEST_DELAY_MS) };
}

/** The ends that still count, so that the list of a long-lived shell does not grow. */
export function recentEnds(ends: readonly number[], now: number): number[] {
  return ends.filter((end) => now - end < WINDOW_MS);
}
