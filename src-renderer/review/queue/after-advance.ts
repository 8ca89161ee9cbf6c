/** A key that was pressed sooner than this after the next result came was meant for the one before, in milliseconds. */
const TOO_EARLY_MS = 300;

/**
 * Keeps a second press of a decision's key from deciding about the result that comes next, which nobody has seen. After an
 * advance, keys count from 300 ms after the next result is there.
 */
export const createAfterAdvance = () => {
  let shownAt: number | null = -Infinity;
  return {
    /** A decision leads on to the next result. */
    advance: (): void => {
      shownAt = null;
    },
    /** A result is all there. */
    shown: (at: number): void => {
      shownAt ??= at;
    },
    /** Whether a key that was pressed at this time can be meant for the result that is shown. */
    isMeant: (pressedAt: number): boolean => shownAt !== null && pressedAt - shownAt >= TOO_EARLY_MS,
  };
};

export const afterAdvance = createAfterAdvance();
