import type { ReactElement } from 'react';
import type { RunBaseNow } from '../../src-main/contract/endpoints.ts';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { count } from '../ui/format.ts';
import { BranchIcon } from '../ui/icons.tsx';

const movedInWords = ({ branch, commits, rewritten }: RunBaseNow): string => {
  const name = visibleText(branch ?? '');
  if (commits === null) return `${name} was rewritten since`;
  const moved = commits === 0 ? '' : `has moved on by ${count(commits, 'commit')} since`;
  return rewritten ? `${name} was rewritten since${commits === 0 ? '' : `, with ${count(commits, 'new commit')}`}` : `${name} ${moved}`;
};

const fitInWords = ({ contained, conflicts }: RunBaseNow): string => {
  if (contained) return 'it has these changes already';
  return conflicts.length === 0 ? 'merges cleanly' : count(conflicts.length, 'conflict');
};

/** That the branch a run started from is elsewhere by now, and whether the selection still fits it; nothing while it is where it was. */
export const BaseMoved = ({ now }: { readonly now: RunBaseNow | null }): ReactElement | null => {
  if (now === null || now.branch === null || (now.commits === 0 && !now.rewritten)) return null;
  const tone = now.conflicts.length > 0 ? 'red' : now.contained ? 'amber' : 'grey';
  return (
    <span className={`tag base-moved tone-${tone}`} data-testid="base-moved" title={[`${movedInWords(now)}; ${fitInWords(now)}`, ...now.conflicts.slice(0, 20).map(visibleText)].join('\n')}>
      <BranchIcon size={12} />
      <span className="base-moved-words">
        <span>{movedInWords(now)};</span> <span>{fitInWords(now)}</span>
      </span>
    </span>
  );
};
