import type { Clock } from '../ports/surroundings.ts';

/** Milliseconds of one slice: a window's call that waits behind it is still answered within a frame. */
const SLICE_MS = 8;

/** Carries out long work in slices, before each of which everything else has its turn. `steps` yields where it may be left, at least every few milliseconds. */
export const inSlices = <T>(clock: Pick<Clock, 'monotonic' | 'after'>, steps: Generator<void, T>): Promise<T> =>
  new Promise((resolve, reject) => {
    const slice = (): void => {
      try {
        const end = clock.monotonic() + SLICE_MS;
        do {
          const step = steps.next();
          if (step.done === true) return resolve(step.value);
        } while (clock.monotonic() < end);
        clock.after(0, slice);
      } catch (error) {
        reject(error);
      }
    };
    clock.after(0, slice);
  });
