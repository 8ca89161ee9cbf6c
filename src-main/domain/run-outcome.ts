import type { Run } from '../contract/run.ts';
import { chosenOf } from './review/left-out.ts';

/** What a run came to, as its row in the history says it: of one that was landed, what was chosen of it. */
export const outcomeOf = (run: Pick<Run, 'turns' | 'landed' | 'excluded' | 'excludedHunks' | 'leftOut'>): { files: number; additions: number; deletions: number; landed: boolean } => {
  const isLanded = run.landed.length > 0;
  const result = run.turns.at(-1)?.result;
  if (result == null) return { files: 0, additions: 0, deletions: 0, landed: isLanded };
  const { files, additions, deletions } = result;
  const chosen = isLanded ? chosenOf(run, result) : null;
  return { files: chosen?.files ?? files, additions: chosen?.size?.additions ?? additions, deletions: chosen?.size?.deletions ?? deletions, landed: isLanded };
};
