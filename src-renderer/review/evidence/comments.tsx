import type { ReactElement } from 'react';
import type { Comment } from '../../../src-main/contract/result.ts';
import type { Run } from '../../../src-main/contract/run.ts';
import { visibleText } from '../../../src-main/domain/visible-text.ts';
import { useDrafts } from '../diff/comment-drafts.ts';

interface CommentsProps {
  readonly run: Run;
  readonly onGoTo: (comment: Omit<Comment, 'at'>) => void;
}

const place = ({ path, side, from, to }: Omit<Comment, 'at'>): string => (from === null ? visibleText(path) : `${visibleText(path)}:${from}${to === from ? '' : `–${to}`}${side === 'base' ? ' (base)' : ''}`);

const Line = ({ comment, draft, onGoTo }: { readonly comment: Omit<Comment, 'at'>; readonly draft: boolean; readonly onGoTo: () => void }): ReactElement => (
  <li className="finding-line">
    <button type="button" onClick={onGoTo}>
      <span className="mono literal finding-place">
        {place(comment)}
        {draft && <span className="tone-amber"> draft</span>}
      </span>
      <span className="comment-line">{visibleText(comment.text.trim().replaceAll('\n', ' ')) || 'Nothing written yet'}</span>
    </button>
  </li>
);

/** All comments on the result, with those that are still being written; each leads to its lines. */
export const Comments = ({ run, onGoTo }: CommentsProps): ReactElement => {
  const all = useDrafts((state) => state.drafts);
  const drafts = all.filter((draft) => draft.runId === run.id);
  const kept = run.comments.filter(({ id }) => !drafts.some((draft) => draft.id === id)).toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : (a.from ?? 0) - (b.from ?? 0)));
  if (kept.length + drafts.length === 0) {
    return (
      <p className="muted">
        None yet. <kbd>C</kbd> comments on the line or the selection; a comment is kept with the run.
      </p>
    );
  }
  return (
    <>
      <ul>
        {drafts.map((draft) => (
          <Line key={draft.id} comment={draft} draft onGoTo={() => onGoTo(draft)} />
        ))}
        {kept.map((comment) => (
          <Line key={comment.id} comment={comment} draft={false} onGoTo={() => onGoTo(comment)} />
        ))}
      </ul>
      <p className="muted">Kept with the run.</p>
    </>
  );
};
