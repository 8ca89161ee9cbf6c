import type { ReactElement } from 'react';
import type { Brief } from '../../../src-main/contract/brief.ts';
import type { Comment } from '../../../src-main/contract/result.ts';
import type { Run } from '../../../src-main/contract/run.ts';
import { visibleText } from '../../../src-main/domain/visible-text.ts';
import { hrefOf } from '../../client/route.ts';
import { useRunsOf } from '../../client/use-runs-of.ts';
import { count } from '../../ui/format.ts';
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

/** What was said of the attempts before, which is kept with them: whoever sent one back looks here for what became of it. */
export const EarlierComments = ({ brief, run }: { readonly brief: Brief; readonly run: Run }): ReactElement => {
  const said = useRunsOf(brief).filter(({ attempt, comments }) => attempt < run.attempt && comments.length > 0);
  return (
    <>
      {said.map(({ id, attempt, comments }) => (
        <p key={id}>
          <a href={hrefOf({ place: 'brief', id: brief.id, tab: 'review', run: id })}>Attempt {attempt}</a> had {count(comments.length, 'comment')}.
        </p>
      ))}
      {said.length > 0 && run.order.text.runsWith.mode === 'script' && <p className="muted">A script does not read them: what it does differently, its command says.</p>}
    </>
  );
};

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
