import type { Look } from './looks.ts';
import type { GalleryState } from './state.ts';
import type { Taken } from './take.ts';

/** What the machines that this is run on have at least: a picture keeps about one core busy. */
const AT_ONCE = 2;

interface Pictures {
  /** In the order of the states and looks, whichever was ready first. */
  readonly taken: readonly Taken[];
  /** Pictures with something wrong in them, and those that could not be taken. */
  readonly wrong: number;
}

/**
 * Takes each state in each look, two pictures at a time. What is wrong is told at once, a line for each thing, and
 * always with the picture that it is about; nothing else is told.
 */
export const takeAll = async (
  states: readonly GalleryState[],
  looks: readonly Look[],
  take: (state: GalleryState, look: Look) => Promise<Taken>,
  tell: (line: string) => void,
): Promise<Pictures> => {
  const wanted = states.flatMap((state) => looks.map((look) => ({ state, look })));
  const pictures: (Taken | null)[] = wanted.map(() => null);
  let next = 0;
  let wrong = 0;
  const lane = async (): Promise<void> => {
    for (let at = next++; at < wanted.length; at = next++) {
      const { state, look } = wanted[at] as (typeof wanted)[number];
      const found = await take(state, look).then(
        (one) => {
          pictures[at] = one;
          return [...one.violations, ...one.problems];
        },
        (error: unknown) => [`not taken: ${error instanceof Error ? error.message : String(error)}`],
      );
      for (const line of found) tell(`${state.name}, ${look.name}: ${line}`);
      if (found.length > 0) wrong += 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return { taken: pictures.filter((picture) => picture !== null), wrong };
};
