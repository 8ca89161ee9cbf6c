import type { RunBaseNow } from '../../contract/endpoints.ts';
import type { RunId } from '../../contract/ids.ts';
import type { Deps } from '../deps.ts';
import { requireResult } from '../require.ts';
import { selectedTree } from './changes.ts';

/** Where the branch is that a run started from, and how the selection would merge onto it. Writes nothing. */
export const readBaseNow = async (deps: Deps, input: { runId: RunId }): Promise<RunBaseNow> => {
  const { project, base } = requireResult(deps.store, input.runId);
  const now = await deps.depot.baseNow(project, base);
  if (now === null) return { branch: null, commit: null, commits: 0, rewritten: false, conflicts: [], contained: false };
  const { branch, commit, commits, rewritten } = now;
  if (commit === base.originCommit) return { branch, commit, commits, rewritten, conflicts: [], contained: false };
  const { tree } = await selectedTree(deps, input);
  const { conflicts, contained } = await deps.landingSite.fit({ project, base, tree }, commit);
  return { branch, commit, commits, rewritten, conflicts: [...conflicts], contained: contained && tree !== base.tree };
};
