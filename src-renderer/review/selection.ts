import type { Run } from '../../src-main/contract/run.ts';
import { count } from '../ui/format.ts';

/** Whether something of the result was taken out: what is selected is then another tree. */
export const hasExclusion = (run: Run): boolean => run.excluded.length > 0 || Object.values(run.excludedHunks).some((hunks) => hunks.length > 0);

/** How many hunks are taken out of files that stay in. */
export const hunksOut = (run: Run): number =>
  Object.entries(run.excludedHunks).reduce((sum, [path, hunks]) => (run.excluded.includes(path) ? sum : sum + hunks.length), 0);

/** How much is taken out, in words: "1 file and 2 hunks were"; empty: nothing. */
export const leftOutCounted = (run: Run): string => {
  const files = run.excluded.length;
  const hunks = hunksOut(run);
  const words = [files > 0 && count(files, 'file'), hunks > 0 && count(hunks, 'hunk')].filter(Boolean).join(' and ');
  return words === '' ? '' : `${words} ${files + hunks === 1 ? 'was' : 'were'}`;
};
