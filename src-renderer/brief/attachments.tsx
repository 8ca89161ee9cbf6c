import { useRef, type ReactElement } from 'react';
import type { Attachment } from '../../src-main/contract/brief.ts';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { Button } from '../ui/button.tsx';
import { bytes, count } from '../ui/format.ts';
import { CloseIcon, PaperclipIcon } from '../ui/icons.tsx';
import { LARGEST } from './take-files.ts';

interface AttachmentsProps {
  readonly attachments: readonly Attachment[];
  readonly busy: number;
  readonly refusals: readonly string[];
  readonly onFiles: (files: File[]) => void;
  readonly onChange: (attachments: Attachment[]) => void;
}

/** Files given along with the brief. */
export const Attachments = ({ attachments, busy, refusals, onFiles, onChange }: AttachmentsProps): ReactElement => {
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className="attachments">
      {attachments.length > 0 && (
        <ul className="brief-chips" aria-label="Attached files">
          {attachments.map((each, index) => (
            <li key={each.name} className="brief-chip">
              <PaperclipIcon size={12} />
              <span className="ellipsis" title={visibleText(each.name)}>
                {visibleText(each.name)}
              </span>
              <span className="muted">{bytes(each.size)}</span>
              <button type="button" className="brief-chip-remove" aria-label={`Remove ${visibleText(each.name)}`} onClick={() => onChange(attachments.toSpliced(index, 1))}>
                <CloseIcon size={12} />
              </button>
            </li>
          ))}
        </ul>
      )}
      <div className="row wrap">
        <input
          ref={input}
          type="file"
          multiple
          hidden
          data-testid="attach"
          onChange={(event) => {
            const files = [...(event.target.files ?? [])];
            event.target.value = '';
            onFiles(files);
          }}
        />
        <Button look="quiet" onClick={() => input.current?.click()}>
          <PaperclipIcon /> Attach files
        </Button>
        <span className="hint" role="status">
          {busy > 0 ? `Taking in ${count(busy, 'file')}…` : `Or drop or paste them. Up to ${bytes(LARGEST)} each; the run can read them, they are no part of the result.`}
        </span>
      </div>
      {refusals.map((refusal) => (
        <p key={refusal} className="error" role="alert">
          {refusal}
        </p>
      ))}
    </div>
  );
};
