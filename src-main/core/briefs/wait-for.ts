import type { Brief } from '../../contract/brief.ts';
import type { BriefId, CommandId } from '../../contract/ids.ts';
import type { Deps } from '../deps.ts';
import type { Once } from '../once.ts';
import { requireBrief } from '../require.ts';
import { runChange } from '../runs/run-change.ts';

/**
 * Has a brief wait for the ends of others, by their numbers, and for none but them. A run of it that is in the queue keeps its
 * place there and waits too; one that has started goes on: only its next attempt waits.
 */
export const waitFor = (deps: Deps, once: Once, input: { commandId: CommandId; briefId: BriefId; after: number[] }): Promise<Brief> =>
  once(input.commandId, () => {
    const before = requireBrief(deps.store, input.briefId);
    const at = deps.clock.now();
    const text = { ...before.text, after: input.after };
    const brief: Brief = { ...before, text, changedAt: at };
    const run = before.currentRun === null ? null : deps.store.run(before.currentRun);
    const queued = run?.state.name === 'queued' ? runChange(run, { kind: 'waitFor', after: input.after }, at) : null;
    return {
      answer: brief,
      change: {
        events: [{ subject: brief.id, type: 'briefEdited', data: text }, ...(queued?.events ?? [])],
        briefs: [brief],
        ...(queued !== null && { runs: [queued.after] }),
      },
    };
  });
