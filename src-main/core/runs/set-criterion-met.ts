import type { CommandId, RunId } from '../../contract/ids.ts';
import type { Run } from '../../contract/run.ts';
import type { Deps } from '../deps.ts';
import type { Once } from '../once.ts';
import { refuse } from '../refusal.ts';
import { requireResult } from '../require.ts';

/** A person's own judgement of one of the brief's criteria. */
export const setCriterionMet = (
  deps: Deps,
  once: Once,
  input: { commandId: CommandId; runId: RunId; criterion: number; met: boolean },
): Promise<Run> =>
  once(input.commandId, () => {
    const { run } = requireResult(deps.store, input.runId);
    const { criterion, met } = input;
    if (run.order.text.criteria[criterion] === undefined) refuse('notFound', `The brief of this run has no criterion ${criterion + 1}.`, 'Reload the run.');
    const others = run.criteriaMet.filter((each) => each !== criterion);
    const after: Run = { ...run, criteriaMet: (met ? [...others, criterion] : others).toSorted((a, b) => a - b) };
    return { answer: after, change: { events: [{ subject: run.id, type: met ? 'criterionMet' : 'criterionUnmet', data: { criterion } }], runs: [after] } };
  });
