import type { CommandId, CommentId, RunId } from '../../contract/ids.ts';
import type { Run } from '../../contract/run.ts';
import type { Deps } from '../deps.ts';
import type { Once } from '../once.ts';
import { requireResult } from '../require.ts';
import { briefOf } from './comment.ts';

/** Takes a comment back. Fine when it is gone. */
export const removeComment = (deps: Deps, once: Once, input: { commandId: CommandId; runId: RunId; comment: CommentId }): Promise<Run> =>
  once(input.commandId, () => {
    const { run } = requireResult(deps.store, input.runId);
    if (!run.comments.some(({ id }) => id === input.comment)) return { answer: run, change: { events: [] } };
    const after: Run = { ...run, comments: run.comments.filter(({ id }) => id !== input.comment) };
    return { answer: after, change: { events: [{ subject: run.id, type: 'commentRemoved', data: { comment: input.comment } }], runs: [after], ...briefOf(deps, after) } };
  });
