import { useMemo, type ReactElement } from 'react';
import type { Comment } from '../../../src-main/contract/result.ts';
import type { Run } from '../../../src-main/contract/run.ts';
import { dropDraft, startEdit, useDrafts, type Draft } from '../diff/comment-drafts.ts';
import { CommentForm } from '../diff/comment-form.tsx';
import { CommentNote } from '../diff/comment-note.tsx';
import { isOnLines } from '../diff/diff-view.ts';
import { keepComment, removeComment } from '../run-commands.ts';

interface FileCommentsProps {
  readonly run: Run;
  readonly path: string;
  readonly kept: readonly Comment[];
}

/** What is said of a file as a whole, and what is being written about it. */
export const FileComments = ({ run, path, kept }: FileCommentsProps): ReactElement | null => {
  const all = useDrafts((state) => state.drafts);
  const drafts = useMemo(() => all.filter((draft) => draft.runId === run.id && draft.path === path && !isOnLines(draft)), [all, run.id, path]);
  const shown = kept.filter(({ id }) => !drafts.some((draft) => draft.id === id));
  const keep = async ({ id, side, text }: Draft): Promise<void> => {
    const comment = { id, path, side, from: null, to: null, text };
    dropDraft(id);
    // What was refused is typed text again.
    if (!(await keepComment(run, comment))) startEdit(run.id, comment);
  };
  if (shown.length + drafts.length === 0) return null;
  return (
    <div className="file-comments">
      {shown.map((comment) => (
        <CommentNote key={comment.id} comment={comment} onEdit={() => startEdit(run.id, comment)} onRemove={() => void removeComment(run, comment.id)} />
      ))}
      {drafts.map((draft) => (
        <CommentForm key={draft.id} draft={draft} onKeep={(each) => void keep(each)} />
      ))}
    </div>
  );
};
