import type { Run } from '../../src-main/contract/run.ts';
import { visibleText } from '../../src-main/domain/visible-text.ts';

type Landed = Pick<Run['landed'][number], 'how'>;

/** The branch that a result was landed on; null: it was landed otherwise. */
export const landedBranch = ({ how }: Landed): string | null => /^branch (?<name>.+)$/s.exec(how)?.groups?.['name'] ?? null;

/** Where a result was landed: on a branch, in the working tree, as a patch. */
export const landedInWords = (landed: Landed): string => {
  const branch = landedBranch(landed);
  if (branch !== null) return `Landed on ${visibleText(branch)}`;
  return landed.how === 'working tree' ? 'Landed in the working tree' : `Landed as ${visibleText(landed.how)}`;
};
