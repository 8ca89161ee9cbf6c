import type { CommandId, RunId } from '../../contract/ids.ts';
import type { Run } from '../../contract/run.ts';
import { choosePaths } from '../../domain/review/choose-hunks.ts';
import type { Deps } from '../deps.ts';
import type { Once } from '../once.ts';
import { requireResult } from '../require.ts';
import { requireChanges } from './require-changes.ts';

/** Takes paths of the result in or out. Unknown paths are refused. */
export const setIncluded = (
  deps: Deps,
  once: Once,
  input: { commandId: CommandId; runId: RunId; paths: string[]; included: boolean },
): Promise<Run> =>
  once(input.commandId, async () => {
    await requireChanges(deps, input.runId, input.paths);
    const emptied = input.included ? await emptiedOf(deps, input.runId, input.paths) : new Set<string>();
    return () => {
      // Read again: another command may have been committed while git was asked.
      const { run } = requireResult(deps.store, input.runId);
      const after: Run = { ...run, ...choosePaths(run, input.paths, input.included, emptied) };
      return {
        answer: after,
        change: {
          events: [{ subject: run.id, type: input.included ? 'pathsIncluded' : 'pathsExcluded', data: { paths: input.paths } }],
          runs: [after],
        },
      };
    };
  });

/** Which of the paths would come in without any of their hunks. */
const emptiedOf = async (deps: Deps, runId: RunId, paths: readonly string[]): Promise<ReadonlySet<string>> => {
  const { run, project, base, result } = requireResult(deps.store, runId);
  const emptied = new Set<string>();
  for (const path of paths) {
    const out = run.excludedHunks[path] ?? [];
    if (out.length > 0 && (await deps.depot.hunks(project, base.tree, result.tree, path)).length === out.length) emptied.add(path);
  }
  return emptied;
};
