import type { CommandId, RunId } from '../../contract/ids.ts';
import type { Comment, FileChange } from '../../contract/result.ts';
import type { Run } from '../../contract/run.ts';
import { countLines } from '../../domain/review/hunks.ts';
import type { Change } from '../../ports/run-store.ts';
import { withKeptComments } from '../briefs/kept-comments.ts';
import type { Deps } from '../deps.ts';
import type { Once } from '../once.ts';
import { refuse } from '../refusal.ts';
import { requireResult } from '../require.ts';
import { requireChanges } from './require-changes.ts';

/** More than anybody reads; each travels with the run on every change of it. */
const MOST_COMMENTS = 2_000;
/** Larger files are shown in part only; a line of theirs is taken as it is said. */
const MOST_BYTES = 8 * 2 ** 20;

type NewComment = Omit<Comment, 'at'>;

const requireLines = async (deps: Deps, runId: RunId, { path, side, from, to }: NewComment, change: FileChange | undefined): Promise<void> => {
  if (from === null || to === null) {
    if (from !== to) refuse('invalid', 'A comment has a first and a last line, or neither.', 'Choose the lines again.');
    if (change === undefined) refuse('invalid', `${path} is not part of the result.`, 'Comment on a file that was changed.');
    return;
  }
  if (from > to) refuse('invalid', `Line ${from} comes after line ${to}.`, 'Choose the lines again.');
  const blob = (side === 'base' ? change?.oldBlob : change?.newBlob) ?? null;
  const mode = side === 'base' ? change?.oldMode : change?.newMode;
  if (blob === null) refuse('invalid', `${path} does not exist on the side of the ${side}.`, 'Comment on the other side.');
  if (blob === null || change?.binary === true || mode === '160000') return;
  const { bytes } = await deps.depot.blob(requireResult(deps.store, runId).project, blob, MOST_BYTES);
  // An empty file still has a first line to point at.
  if (bytes !== null && to > Math.max(1, countLines(bytes))) refuse('invalid', `${path} has no line ${to}.`, 'Reload the result and choose the lines again.');
};

/** The brief of a run that is not its current one: it counts what such runs keep. */
export const briefOf = ({ store }: Pick<Deps, 'store'>, run: Run): Pick<Change, 'briefs'> => {
  const brief = store.brief(run.briefId);
  return brief === null || brief.currentRun === run.id ? {} : { briefs: [withKeptComments(store, brief, run)] };
};

/** Adds a comment on lines of the result or on a file of it, or changes the text of the one with this id. */
export const commentOnRun = (deps: Deps, once: Once, input: { commandId: CommandId; runId: RunId; comment: NewComment }): Promise<Run> =>
  once(input.commandId, async () => {
    const { comment } = input;
    const known = requireResult(deps.store, input.runId).run.comments.some(({ id }) => id === comment.id);
    if (!known) await requireLines(deps, input.runId, comment, (await requireChanges(deps, input.runId, [comment.path])).get(comment.path));
    return () => {
      const { run } = requireResult(deps.store, input.runId);
      const isThere = run.comments.some(({ id }) => id === comment.id);
      if (!isThere && run.comments.length >= MOST_COMMENTS) refuse('tooLarge', `A run holds at most ${MOST_COMMENTS} comments.`, 'Remove one first.');
      const comments = isThere
        ? run.comments.map((each) => (each.id === comment.id ? { ...each, text: comment.text } : each))
        : [...run.comments, { ...comment, at: deps.clock.now() }];
      const after: Run = { ...run, comments };
      return { answer: after, change: { events: [{ subject: run.id, type: isThere ? 'commentChanged' : 'commentAdded', data: { comment } }], runs: [after], ...briefOf(deps, after) } };
    };
  });
