import type { ReactElement } from 'react';
import type { Comment } from '../../../src-main/contract/result.ts';
import { visibleLines } from '../../../src-main/domain/visible-text.ts';
import { Button } from '../../ui/button.tsx';
import { moment } from '../../ui/format.ts';
import { CommentIcon, PencilIcon, TrashIcon } from '../../ui/icons.tsx';

interface CommentNoteProps {
  readonly comment: Comment;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
}

export const linesInWords = ({ side, from, to }: Pick<Comment, 'side' | 'from' | 'to'>): string => from === null ? 'the file' : `${from === to ? `line ${from}` : `lines ${from}–${to}`}${side === 'base' ? ' of the base' : ''}`;

/** A kept comment, below the lines that it is about. */
export const CommentNote = ({ comment, onEdit, onRemove }: CommentNoteProps): ReactElement => (
  <div className="comment-note" data-comment={comment.id}>
    <div className="row comment-head">
      <CommentIcon size={12} />
      <span className="muted grow ellipsis">
        {linesInWords(comment)} · {moment(comment.at)}
      </span>
      <Button look="icon" aria-label="Edit comment" onClick={onEdit}>
        <PencilIcon size={12} />
      </Button>
      <Button look="icon" aria-label="Delete comment" onClick={onRemove}>
        <TrashIcon size={12} />
      </Button>
    </div>
    <p className="comment-text">{visibleLines(comment.text)}</p>
  </div>
);
