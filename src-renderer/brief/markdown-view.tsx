import { useRef, type ReactElement } from 'react';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { Button } from '../ui/button.tsx';
import { FaultText } from '../ui/fault-text.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import type { Markdown } from './use-markdown.ts';

/** The character where a line begins, and where it ends. */
const spanOf = (text: string, line: number): [number, number] => {
  const lines = text.split('\n');
  const start = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  return [start, start + (lines[line - 1]?.length ?? 0)];
};

/** The whole brief as text. What is wrong with it is said below it, with its line. */
export const MarkdownView = ({ markdown, onDiscard }: { readonly markdown: Markdown; readonly onDiscard: () => void }): ReactElement => {
  const field = useRef<HTMLTextAreaElement>(null);
  const { raw, fault, edit } = markdown;
  if (raw === null) return <Skeleton lines={8} label="Writing the Markdown" />;
  const line = typeof fault?.detail?.['line'] === 'number' ? fault.detail['line'] : null;
  const goToLine = (): void => {
    if (line === null || !field.current) return;
    field.current.focus();
    field.current.setSelectionRange(...spanOf(raw, line));
  };
  return (
    <div className="markdown">
      <textarea ref={field} className="input mono markdown-text" aria-label="The brief as Markdown" spellCheck={false} aria-invalid={fault !== null} value={raw} onChange={(event) => edit(event.target.value)} />
      {fault ? (
        <div className="notice red">
          <div className="grow">
            <FaultText fault={{ message: visibleText(fault.message), next: 'Until it can be read, the brief stays as it was. What you typed is kept.' }} />
          </div>
          {line !== null && <Button onClick={goToLine}>Go to line {line}</Button>}
          <Button onClick={onDiscard}>Drop what I typed</Button>
        </div>
      ) : (
        <p className="hint">Settings between the two lines of dashes, the texts under their headings. Everything is saved as you type.</p>
      )}
    </div>
  );
};
