import type { ReactElement } from 'react';
import type { Hunk } from '../../../src-main/contract/result.ts';

interface HunkBarProps {
  readonly hunk: Hunk;
  readonly number: number;
  readonly of: number;
  readonly included: boolean;
  readonly current: boolean;
  readonly fixed: boolean;
  readonly onInclude: (included: boolean) => void;
  readonly onComment: () => void;
}

/** Heads a hunk: where and how much it is, and whether it is part of the result. */
export const HunkBar = ({ hunk, number, of, included, current, fixed, onInclude, onComment }: HunkBarProps): ReactElement => (
  <div className={`hunk-bar${current ? ' current' : ''}${included ? '' : ' out'}`} data-hunk={number}>
    <span className="hunk-place" aria-current={current}>
      Hunk {number} of {of}
    </span>
    <span className="hunk-counts">
      {hunk.newLines > 0 && <span className="tone-green">+{hunk.newLines}</span>} {hunk.oldLines > 0 && <span className="tone-red">−{hunk.oldLines}</span>}
    </span>
    {!included && <span className="hunk-out" title="The base's lines stay here">Excluded</span>}
    <span className="grow" />
    <button type="button" className="hunk-button" aria-label={`Comment on hunk ${number}`} onClick={onComment}>
      Comment {current && <kbd aria-hidden="true">C</kbd>}
    </button>
    {!fixed && (
      <button type="button" className="hunk-button" aria-label={`${included ? 'Exclude' : 'Include'} hunk ${number}`} onClick={() => onInclude(!included)}>
        {included ? 'Exclude' : 'Include'} {current && <kbd aria-hidden="true">X</kbd>}
      </button>
    )}
  </div>
);
