/** First pause after a cut, and the longest one, in milliseconds. */
const FIRST_MS = 100;
const LONGEST_MS = 10_000;

/**
 * Pause before attempt `attempt` (0 is the first after a cut): doubles up to ten seconds, and half of it is random
 * so that several clients of a restarted service do not come at once.
 *
 * @param random a number from 0 up to 1.
 */
export function backoffMs(attempt: number, random: number): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 30));
  return full / 2 + (full / 2) * random;
}
