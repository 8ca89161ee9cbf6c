import type { Run } from '../../src-main/contract/run.ts';

/** Whether something of the result was taken out: what is selected is then another tree. */
export const hasExclusion = (run: Run): boolean => run.excluded.length > 0 || Object.values(run.excludedHunks).some((hunks) => hunks.length > 0);

/** How many hunks are taken out of files that stay in. */
export const hunksOut = (run: Run): number =>
  Object.entries(run.excludedHunks).reduce((sum, [path, hunks]) => (run.excluded.includes(path) ? sum : sum + hunks.length), 0);
