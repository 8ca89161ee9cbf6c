import { useLayoutEffect, useRef, type ReactElement } from 'react';
import { Button } from '../../ui/button.tsx';
import { dropDraft, typeDraft, type Draft } from './comment-drafts.ts';

interface CommentFormProps {
  readonly draft: Draft;
  readonly onKeep: (draft: Draft) => void;
}

const place = ({ side, from, to }: Draft): string => from === null ? 'the file' : `${from === to ? `line ${from}` : `lines ${from} to ${to}`}${side === 'base' ? ' of the base' : ''}`;

/** A comment while it is typed. Escape closes it, and only asks for a second one when there is a text to lose. */
export const CommentForm = ({ draft, onKeep }: CommentFormProps): ReactElement => {
  const field = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => field.current?.focus({ preventScroll: true }), []);
  const keep = (): void => {
    if (draft.text.trim() !== '') onKeep({ ...draft, text: draft.text.trim() });
  };
  return (
    <form
      className="comment-form"
      onSubmit={(event) => {
        event.preventDefault();
        keep();
      }}
    >
      <textarea
        ref={field}
        className="input"
        aria-label={`Comment on ${place(draft)}`}
        placeholder={`Comment on ${place(draft)}`}
        maxLength={20_000}
        value={draft.text}
        onChange={(event) => typeDraft(draft, event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            keep();
          }
          if (event.key === 'Escape' && draft.text.trim() === '') dropDraft(draft.id);
          else if (event.key === 'Escape') field.current?.blur();
        }}
      />
      <div className="row">
        <span className="grow muted">
          Kept with the run. <kbd>Ctrl</kbd> <kbd>↵</kbd> saves it.
        </span>
        <Button look="quiet" onClick={() => dropDraft(draft.id)}>
          Discard
        </Button>
        <Button look="primary" type="submit" disabled={draft.text.trim() === ''} title="Ctrl+Enter">
          Comment
        </Button>
      </div>
    </form>
  );
};
