import { useEffect, useRef, type ReactElement, type RefObject } from 'react';
import { Button } from '../ui/button.tsx';
import { DownArrowIcon, UpIcon } from '../ui/icons.tsx';
import { Hint } from '../ui/tooltip.tsx';
import type { Scanned } from './scan-log.ts';

/** "3 of 17", and how far the search is while it goes on. */
export const foundInWords = (scanned: Scanned | null, current: number, total: number): string => {
  if (scanned === null) return '';
  const { lines, done, full, failed, bytes } = scanned;
  if (failed) return 'could not be read';
  const share = done || total === 0 ? '' : ` · ${Math.floor((bytes / total) * 100)} %`;
  if (lines.count === 0) return done ? 'none' : `none yet${share}`;
  const of = `${lines.count.toLocaleString('en')}${full ? '+' : ''}`;
  return `${lines.has(current) ? `${(lines.indexOf(current) + 1).toLocaleString('en')} of ${of}` : `${of} ${lines.count === 1 ? 'line' : 'lines'}`}${share}`;
};

interface LogFindProps {
  readonly input: RefObject<HTMLInputElement | null>;
  readonly text: string;
  readonly matchCase: boolean;
  readonly words: string;
  readonly onText: (text: string) => void;
  readonly onMatchCase: (on: boolean) => void;
  readonly onStep: (by: 1 | -1) => void;
  readonly onLeave: () => void;
}

/** Finds text in the log: Enter goes to the next line that has it, Shift and Enter to the one before, Escape back to the log. */
export const LogFind = ({ input, text, matchCase, words, onText, onMatchCase, onStep, onLeave }: LogFindProps): ReactElement => {
  const step = useRef(onStep);
  useEffect(() => {
    step.current = onStep;
  });
  return (
    <div className="log-find" role="search">
      <input
        ref={input}
        type="search"
        className="input"
        aria-label="Find in log"
        placeholder="Find in log"
        spellCheck={false}
        value={text}
        onChange={(event) => onText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') {
            event.preventDefault();
            step.current(event.shiftKey ? -1 : 1);
          } else if (event.key === 'Escape') {
            event.preventDefault();
            event.stopPropagation();
            onLeave();
          }
        }}
      />
      <Hint text="Match the case">
        <Button look="icon" aria-label="Match the case" aria-pressed={matchCase} onClick={() => onMatchCase(!matchCase)}>
          Aa
        </Button>
      </Hint>
      {text !== '' && (
        <>
          <span className="muted log-found" role="status" data-testid="found">
            {words}
          </span>
          <Button look="icon" aria-label="Line before with this text" onClick={() => onStep(-1)}>
            <UpIcon />
          </Button>
          <Button look="icon" aria-label="Next line with this text" onClick={() => onStep(1)}>
            <DownArrowIcon />
          </Button>
        </>
      )}
    </div>
  );
};
