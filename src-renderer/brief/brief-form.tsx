import { useState, type ClipboardEvent, type DragEvent, type ReactElement } from 'react';
import type { BriefText } from '../../src-main/contract/brief.ts';
import type { ProjectId } from '../../src-main/contract/ids.ts';
import { TextField } from '../ui/field.tsx';
import { Attachments } from './attachments.tsx';
import { ChecksField } from './checks-field.tsx';
import { MoreFields } from './more-fields.tsx';
import { OutputField } from './output-field.tsx';
import { RunsWithFields } from './runs-with.tsx';
import { ScopeField } from './scope-field.tsx';
import { useAttaching } from './use-attaching.ts';

interface BriefFormProps {
  readonly projectId: ProjectId;
  /** null: it has none yet. */
  readonly number: number | null;
  readonly text: BriefText;
  /** Shown, but not to be typed in. */
  readonly locked: boolean;
  readonly onChange: (text: BriefText) => void;
}

const hasFiles = (transfer: DataTransfer): boolean => transfer.types.includes('Files');

/** The six fields of a brief, what it runs with, and the rest. Files can be dropped and pasted anywhere in it. */
export const BriefForm = ({ projectId, number, text, locked, onChange }: BriefFormProps): ReactElement => {
  const [over, setOver] = useState(false);
  const set = (change: Partial<BriefText>): void => onChange({ ...text, ...change });
  const { attach, busy, refusals } = useAttaching(projectId, text.attachments, (attachments) => set({ attachments }));
  const drop = (event: DragEvent): void => {
    setOver(false);
    if (!hasFiles(event.dataTransfer)) return;
    event.preventDefault();
    void attach([...event.dataTransfer.files]);
  };
  const drag = (event: DragEvent): void => {
    if (!hasFiles(event.dataTransfer)) return;
    event.preventDefault();
    setOver(true);
  };
  const paste = (event: ClipboardEvent): void => {
    const files = [...event.clipboardData.files];
    // Office programs put a picture of the text beside it: a text is pasted as text.
    if (files.length === 0 || event.clipboardData.types.includes('text/plain')) return;
    event.preventDefault();
    void attach(files);
  };
  return (
    <form
      className={`brief-form${over ? ' over' : ''}`}
      aria-label="Brief"
      inert={locked}
      onSubmit={(event) => event.preventDefault()}
      onDragOver={drag}
      onDragLeave={(event) => event.currentTarget.contains(event.relatedTarget as Node | null) || setOver(false)}
      onDrop={drop}
      onPaste={paste}
    >
      <div className="goal">
        <TextField label="Goal" lines value={text.goal} autoFocus={number === null} placeholder="What the user will see, in one sentence" onChange={(goal) => set({ goal })} />
      </div>
      <RunsWithFields projectId={projectId} text={text} onChange={set} />
      <div className="stack">
        <TextField label="Context" lines value={text.context} placeholder="Background, stack traces, links" onChange={(context) => set({ context })} />
        <Attachments attachments={text.attachments} busy={busy} refusals={refusals} onFiles={(files) => void attach(files)} onChange={(attachments) => set({ attachments })} />
      </div>
      <ScopeField projectId={projectId} text={text} onChange={(scope) => set({ scope })} />
      <TextField label="Constraints" lines value={text.constraints} placeholder="What must not change, what to avoid" onChange={(constraints) => set({ constraints })} />
      <ChecksField projectId={projectId} text={text} onChange={(checks) => set({ checks })} />
      <OutputField output={text.output} onChange={(output) => set({ output })} />
      <MoreFields projectId={projectId} number={number} text={text} onChange={set} />
    </form>
  );
};
