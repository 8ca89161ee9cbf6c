import type { CommandId, RunId } from '../../contract/ids.ts';
import type { Hunk } from '../../contract/result.ts';
import type { Run } from '../../contract/run.ts';
import { chooseHunks } from '../../domain/review/choose-hunks.ts';
import { sizeOf, withChoice } from '../../domain/review/left-out.ts';
import type { Deps } from '../deps.ts';
import type { Once } from '../once.ts';
import { refuse } from '../refusal.ts';
import { requireResult } from '../require.ts';

export const listHunks = async (deps: Deps, input: { runId: RunId; path: string }): Promise<{ hunks: Hunk[] }> => {
  const { project, base, result } = requireResult(deps.store, input.runId);
  return { hunks: await deps.depot.hunks(project, base.tree, result.tree, input.path) };
};

/** Takes hunks of a file in or out. Unknown ids are refused: the person saw another result. */
export const setHunksIncluded = (
  deps: Deps,
  once: Once,
  input: { commandId: CommandId; runId: RunId; path: string; hunks: string[]; included: boolean },
): Promise<Run> =>
  once(input.commandId, async () => {
    const { hunks } = await listHunks(deps, input);
    const known = new Set(hunks.map(({ id }) => id));
    const stranger = input.hunks.find((id) => !known.has(id));
    if (stranger !== undefined) refuse('notFound', `${input.path} has no change ${stranger}.`, 'Reload the result and choose again.');
    return () => {
      const { run } = requireResult(deps.store, input.runId);
      const after = withChoice(run, chooseHunks(run, input.path, hunks, input.hunks, input.included), new Map([[input.path, { whole: sizeOf(hunks), hunks }]]));
      const type = input.included ? 'hunksIncluded' : 'hunksExcluded';
      return { answer: after, change: { events: [{ subject: run.id, type, data: { path: input.path, hunks: input.hunks } }], runs: [after] } };
    };
  });
