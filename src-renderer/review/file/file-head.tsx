import type { ReactElement } from 'react';
import type { FileChange } from '../../../src-main/contract/result.ts';
import { visibleText } from '../../../src-main/domain/visible-text.ts';
import { Button } from '../../ui/button.tsx';
import { CopyIcon, InlineIcon, SplitIcon, WrapIcon } from '../../ui/icons.tsx';
import { PathText } from '../../ui/path-text.tsx';
import { Segments } from '../../ui/segments.tsx';
import { showDone } from '../../ui/toast.tsx';
import type { FileMarks } from '../files/file-filter.ts';
import { changeView, toggleWrap, useReviewView, useTooNarrow, useWrapped } from '../review-view.ts';
import { KIND } from './change-in-words.ts';

const copy = (path: string): void => {
  navigator.clipboard.writeText(path).then(
    () => showDone('The path is copied.'),
    () => undefined,
  );
};

/** How changes are looked at; remembered. */
export const ViewToggles = (): ReactElement => {
  const { diff, hideWhitespace } = useReviewView();
  const wrapped = useWrapped();
  const tooNarrow = useTooNarrow();
  return (
    <div className="row view-toggles">
      <Button look="icon" className="wrap-toggle" aria-label="Wrap long lines" aria-keyshortcuts="Shift+W" aria-pressed={wrapped} title="Wrap long lines" onClick={toggleWrap}>
        <WrapIcon /> <kbd aria-hidden="true">⇧W</kbd>
      </Button>
      <Button look="quiet" className="whitespace" aria-label="Hide changes of white space" aria-pressed={hideWhitespace} title="Hide changes of white space (w)" onClick={() => changeView({ hideWhitespace: !hideWhitespace })}>
        a·b
      </Button>
      <Segments
        label="Layout"
        value={diff}
        options={[
          { value: 'split', title: <SplitIcon />, name: 'Side by side', hint: tooNarrow ?? 'Side by side (s)' },
          { value: 'inline', title: <InlineIcon />, name: 'Inline', hint: 'Inline (s)' },
        ]}
        onChange={(value) => changeView({ diff: value })}
      />
    </div>
  );
};

interface FileHeadProps {
  readonly change: FileChange;
  readonly marks: FileMarks;
  /** Hunks in the file; null: it is not chosen by hunk. */
  readonly hunks: number | null;
  readonly fixed: boolean;
  readonly onInclude: (included: boolean) => void;
  readonly onViewed: (viewed: boolean) => void;
}

const hunksInWords = (all: number, out: number): string => (out === 0 ? `${all} ${all === 1 ? 'hunk' : 'hunks'}` : `${all - out} of ${all} hunks in`);

/** Heads the file that is shown: its path, what happened to it, and whether it is in and was looked at. */
export const FileHead = ({ change, marks, hunks, fixed, onInclude, onViewed }: FileHeadProps): ReactElement => {
  const path = visibleText(change.path);
  return (
    <header className="file-head">
      <span className={`file-kind ${change.kind}`} title={KIND[change.kind].word}>
        {KIND[change.kind].letter}
        <span className="hidden-text">{KIND[change.kind].word}</span>
      </span>
      <h2 className={`file-title${marks.excluded ? ' struck' : ''}`} aria-label={path} title={path}>
        <PathText path={path} />
      </h2>
      <Button look="icon" className="small" aria-label="Copy the path" onClick={() => copy(change.path)}>
        <CopyIcon size={12} />
      </Button>
      {!change.binary && (
        <span className="file-counts">
          <span className="tone-green">+{change.additions}</span> <span className="tone-red">−{change.deletions}</span>
        </span>
      )}
      {hunks !== null && hunks > 0 && (
        <span className="muted hunks-in ellipsis" data-testid="hunks" title={hunksInWords(hunks, marks.excluded ? hunks : marks.excludedHunks)}>
          {hunksInWords(hunks, marks.excluded ? hunks : marks.excludedHunks)}
        </span>
      )}
      <span className="grow" />
      <label className="row file-tick" title="In the result">
        <input type="checkbox" checked={!marks.excluded} disabled={fixed} onChange={(event) => onInclude(event.target.checked)} /> <span>In<span className="file-tick-more"> the result</span></span>
      </label>
      <label className="row file-tick">
        <input type="checkbox" checked={marks.viewed} onChange={(event) => onViewed(event.target.checked)} /> Viewed
      </label>
      <ViewToggles />
    </header>
  );
};
