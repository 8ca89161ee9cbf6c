import type { ReactElement } from 'react';
import type { FileChange } from '../../../src-main/contract/result.ts';
import type { Run } from '../../../src-main/contract/run.ts';
import { counted } from '../../../src-main/domain/counted.ts';
import { findingsOf } from '../../client/finding-words.ts';
import { FindingSign } from '../evidence/finding-sign.tsx';
import { marksFor, marksOf } from '../files/file-filter.ts';
import { wasOpened } from '../places.ts';

/** How much of what lands no person has looked at, not even without marking it; empty: all was. */
const notLookedAt = (run: Run, files: readonly FileChange[]): string => {
  const marks = marksOf(files, run, []);
  const landing = files.filter(({ path }) => !marksFor(marks, path).excluded);
  const unviewed = landing.filter(({ path }) => !marksFor(marks, path).viewed && !wasOpened(run.id, path)).length;
  const criteria = run.order.text.criteria.length;
  const unjudged = criteria - run.criteriaMet.length;
  return [unviewed > 0 && `${unviewed.toLocaleString('en')} of ${counted(landing.length, 'file')} not looked at`, unjudged > 0 && `${unjudged} of ${counted(criteria, 'criterion', 'criteria')} not judged`].filter(Boolean).join(', ');
};

/** What was found in what lands, and what nobody has looked at. To be known; it holds nobody back. */
export const LookFacts = ({ run, files }: { readonly run: Run; readonly files: readonly FileChange[] }): ReactElement => {
  const unseen = notLookedAt(run, files);
  return (
    <>
      <FindingSign findings={findingsOf(run)} long />
      {unseen !== '' && <p className="muted">{unseen}</p>}
    </>
  );
};
