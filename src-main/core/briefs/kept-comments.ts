import type { Brief } from '../../contract/brief.ts';
import type { Run } from '../../contract/run.ts';
import type { RunStore } from '../../ports/run-store.ts';

/** The brief with the count of the comments that its earlier runs keep: of `changed` as it is now, of the others as they are stored. */
export const withKeptComments = (store: Pick<RunStore, 'runsOfBrief'>, brief: Brief, changed?: Run): Brief => {
  const { keptComments: _before, ...rest } = brief;
  const runs = store.runsOfBrief(brief.id).map((run) => (run.id === changed?.id ? changed : run));
  const count = runs.reduce((sum, { id, comments }) => sum + (id === brief.currentRun ? 0 : comments.length), 0);
  return count === 0 ? rest : { ...rest, keptComments: count };
};
