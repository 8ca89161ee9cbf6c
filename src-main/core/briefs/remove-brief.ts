import type { BriefId, CommandId } from '../../contract/ids.ts';
import type { Deps } from '../deps.ts';
import { DONE, type Nothing, type Once } from '../once.ts';
import { refuse } from '../refusal.ts';
import { requireBrief } from '../require.ts';
import { columnNow } from './card-order.ts';
import { stopRecheck } from './stop-recheck.ts';

/** Takes a brief off the board; its runs stay in the history. */
export const removeBrief = (deps: Deps, once: Once, input: { commandId: CommandId; briefId: BriefId }): Promise<Nothing> =>
  once(input.commandId, () => {
    const brief = requireBrief(deps.store, input.briefId);
    const column = columnNow(deps, brief);
    if (column === 'queued' || column === 'running') refuse('refusedByState', 'This brief has a run under way.', 'Cancel the run first.');
    const { events, runs } = stopRecheck(deps, brief);
    return { answer: DONE, change: { events: [...events, { subject: brief.id, type: 'briefRemoved', data: {} }], removedBriefs: [brief.id], ...(runs.length > 0 && { runs }) } };
  });
