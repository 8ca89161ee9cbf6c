import type { Run } from '../contract/run.ts';

/** What a run came to, as its row in the history says it. */
export const outcomeOf = ({ turns, landed }: Pick<Run, 'turns' | 'landed'>): { files: number; additions: number; deletions: number; landed: boolean } => {
  const { files = 0, additions = 0, deletions = 0 } = turns.at(-1)?.result ?? {};
  return { files, additions, deletions, landed: landed.length > 0 };
};
