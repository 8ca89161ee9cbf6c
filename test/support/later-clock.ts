import { systemClock } from '../../src-main/adapters/system/clock.ts';
import type { Clock } from '../../src-main/ports/surroundings.ts';

/** The machine's clock, some time later: what a service sees that was closed for so long. `awake`: how much of it the machine was. In ms. */
export const later = (ms: number, awake: number): Clock => ({
  now: () => systemClock.now() + ms,
  monotonic: () => systemClock.monotonic() + awake,
  after: systemClock.after,
});
