import type { BaseChoice } from '../../contract/brief.ts';
import type { CommandId, RunId } from '../../contract/ids.ts';
import type { Run } from '../../contract/run.ts';
import { hasEnded } from '../../domain/columns.ts';
import { queueRun } from '../briefs/launch-brief.ts';
import type { Deps } from '../deps.ts';
import type { Once } from '../once.ts';
import { refuse } from '../refusal.ts';
import { requireBrief, requireRun } from '../require.ts';

/** A new run of the same brief, as the brief reads now, from another base where one is given. The ended one stays in the history with its result. */
export const retryRun = (deps: Deps, once: Once, input: { commandId: CommandId; runId: RunId; base?: BaseChoice | undefined }): Promise<Run> =>
  once(input.commandId, () => {
    const run = requireRun(deps.store, input.runId);
    if (!hasEnded(run.state)) refuse('refusedByState', 'This run is still under way.', 'Cancel it first, or wait for it.');
    return queueRun(deps, requireBrief(deps.store, run.briefId), null, { base: input.base });
  });
