import type { ReactElement } from 'react';
import type { Brief } from '../../src-main/contract/brief.ts';
import type { Run } from '../../src-main/contract/run.ts';
import { hrefOf } from '../client/route.ts';
import { useRunsOf } from '../client/use-runs-of.ts';

const treesOf = (run: Run): string | null => {
  const turn = run.turns.at(-1);
  return turn?.base && turn.result?.outcome === 'done' ? `${turn.base.tree} ${turn.result.tree}` : null;
};

/** That a result is what an attempt before it was, from the same base: then there is nothing new to look at. */
export const SameChanges = ({ brief, run }: { readonly brief: Brief; readonly run: Run }): ReactElement | null => {
  const trees = treesOf(run);
  const same = useRunsOf(brief).find((each) => each.attempt < run.attempt && trees !== null && treesOf(each) === trees);
  if (!same) return null;
  return (
    <a className="tag tone-amber" href={hrefOf({ place: 'brief', id: brief.id, tab: 'review', run: same.id })}>
      Same changes as attempt {same.attempt}
    </a>
  );
};
