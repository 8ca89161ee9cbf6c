import type { SeenProgress } from './fleet.ts';

/** How long a run that works has worked by now, in milliseconds: as it was counted last, and what has passed since. `began`: when the work did. */
export const workedBy = (progress: SeenProgress | undefined, began: number, now: number): number =>
  Math.max(0, (progress?.workedMs ?? 0) + now - (progress?.seenAt ?? began));
