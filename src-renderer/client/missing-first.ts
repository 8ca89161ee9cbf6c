/** The brief that is to be opened at what it lacks. */
let wanted: string | null = null;

/** A brief is opened from its card: where it cannot be launched, what it lacks is what one comes for. */
export const wantMissing = (id: string): void => {
  wanted = id;
};

/** Whether a brief that has just been opened is to begin at what it lacks: true once for each time it was wanted. */
export const takesMissing = (id: string): boolean => {
  const isWanted = wanted === id;
  wanted = null;
  return isWanted;
};
