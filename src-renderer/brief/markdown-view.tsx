import { useLayoutEffect, useRef, type ReactElement, type RefObject } from 'react';
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

/** Where the prose begins, behind the settings: the goal, where there is one. */
const proseAt = (raw: string): number => {
  const settings = raw.startsWith('---\n') ? raw.indexOf('\n---\n', 3) : -1;
  const body = settings < 0 ? 0 : settings + 5;
  const goal = /\n## Goal\n+/.exec(raw.slice(body));
  return goal ? body + goal.index + goal[0].length : body;
};

/** Opens the text at its goal: the settings, which the file begins with, are above. The focus stays where it is. */
const useGoalFirst = (field: RefObject<HTMLTextAreaElement | null>, raw: string | null): void => {
  const isThere = raw !== null;
  useLayoutEffect(() => {
    const own = field.current;
    const scroller = own?.closest('.brief-columns');
    if (!isThere || !own || !scroller) return;
    const at = proseAt(own.value);
    own.setSelectionRange(at, at);
    const lines = own.value.slice(0, at).split('\n').length;
    const height = Number.parseFloat(getComputedStyle(own).lineHeight);
    // With its heading, and a line above that.
    const top = own.getBoundingClientRect().top - scroller.getBoundingClientRect().top + (lines - 4) * height;
    if (top > 0) scroller.scrollBy({ top });
  }, [field, isThere]);
};

/** The whole brief as text. What is wrong with it is said below it, with its line. */
export const MarkdownView = ({ markdown, onDiscard }: { readonly markdown: Markdown; readonly onDiscard: () => void }): ReactElement => {
  const field = useRef<HTMLTextAreaElement>(null);
  const { raw, fault, edit } = markdown;
  useGoalFirst(field, raw);
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
            <FaultText fault={{ message: visibleText(fault.message), next: 'Correct it here. Until it can be read, the brief stays as it was; what you typed is kept.' }} />
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
