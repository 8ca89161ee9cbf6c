import type { CommandId, RunId } from '../../contract/ids.ts';
import type { Run } from '../../contract/run.ts';
import type { Deps } from '../deps.ts';
import type { Once } from '../once.ts';
import { refuse } from '../refusal.ts';
import { requireResult } from '../require.ts';

/** Takes paths of the result in or out. Unknown paths are refused: a typing error must not look like a choice. */
export const setIncluded = (
  deps: Deps,
  once: Once,
  input: { commandId: CommandId; runId: RunId; paths: string[]; included: boolean },
): Promise<Run> =>
  once(input.commandId, async () => {
    const { project, base, result } = requireResult(deps.store, input.runId);
    const known = new Set((await deps.depot.changes(project, base.tree, result.tree)).map((change) => change.path));
    const stranger = input.paths.find((path) => !known.has(path));
    if (stranger !== undefined) refuse('notFound', `The result does not change ${stranger}.`, 'List the changed files with `drydock diff ID --stat`.');
    return () => {
      // Read again: another command may have been committed while git was asked.
      const { run } = requireResult(deps.store, input.runId);
      const excluded = new Set(run.excluded);
      for (const path of input.paths) {
        if (input.included) excluded.delete(path);
        else excluded.add(path);
      }
      const after = { ...run, excluded: [...excluded].toSorted() };
      return {
        answer: after,
        change: {
          events: [{ subject: run.id, type: input.included ? 'pathsIncluded' : 'pathsExcluded', data: { paths: input.paths } }],
          runs: [after],
        },
      };
    };
  });
