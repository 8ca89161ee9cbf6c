import type { CommandId, RunId } from '../../contract/ids.ts';
import type { Hunk } from '../../contract/result.ts';
import type { Run } from '../../contract/run.ts';
import { choosePaths } from '../../domain/review/choose-hunks.ts';
import { withChoice } from '../../domain/review/left-out.ts';
import type { Deps } from '../deps.ts';
import type { Once } from '../once.ts';
import { requireResult } from '../require.ts';
import { requireChanges } from './require-changes.ts';

/** Of a path that is no change: there is none, `requireChanges` has looked. */
const NOTHING = { additions: 0, deletions: 0 };

/** Takes paths of the result in or out. Unknown paths are refused. */
export const setIncluded = (
  deps: Deps,
  once: Once,
  input: { commandId: CommandId; runId: RunId; paths: string[]; included: boolean },
): Promise<Run> =>
  once(input.commandId, async () => {
    const changes = await requireChanges(deps, input.runId, input.paths);
    const hunks = input.included ? await hunksOf(deps, input.runId, input.paths) : new Map<string, Hunk[]>();
    return () => {
      // Read again: another command may have been committed while git was asked.
      const { run } = requireResult(deps.store, input.runId);
      const emptied = new Set(input.paths.filter((path) => hunks.has(path) && hunks.get(path)?.length === run.excludedHunks[path]?.length));
      const touched = new Map(input.paths.map((path) => [path, { whole: changes.get(path) ?? NOTHING, hunks: hunks.get(path) ?? [] }]));
      const after = withChoice(run, choosePaths(run, input.paths, input.included, emptied), touched);
      return {
        answer: after,
        change: {
          events: [{ subject: run.id, type: input.included ? 'pathsIncluded' : 'pathsExcluded', data: { paths: input.paths } }],
          runs: [after],
        },
      };
    };
  });

/** The hunks of those paths of which some are remembered as taken out: they count again when the path comes in. */
const hunksOf = async (deps: Deps, runId: RunId, paths: readonly string[]): Promise<ReadonlyMap<string, Hunk[]>> => {
  const { run, project, base, result } = requireResult(deps.store, runId);
  const known = new Map<string, Hunk[]>();
  for (const path of paths) {
    if ((run.excludedHunks[path] ?? []).length > 0) known.set(path, await deps.depot.hunks(project, base.tree, result.tree, path));
  }
  return known;
};
