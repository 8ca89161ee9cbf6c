import type { ReactElement } from 'react';
import type { Brief } from '../../src-main/contract/brief.ts';
import type { Evidence, Result } from '../../src-main/contract/result.ts';
import type { Run } from '../../src-main/contract/run.ts';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { failureInWords } from '../client/run-sign.ts';
import { Button } from '../ui/button.tsx';
import { count } from '../ui/format.ts';
import { FlagIcon, PanelLeftIcon, PanelRightIcon } from '../ui/icons.tsx';
import { Sign } from '../ui/sign.tsx';
import { Decide, Landed } from './decide.tsx';
import { countFindings } from './evidence/finding-words.ts';
import { changeView, useReviewView } from './review-view.ts';
import { hunksOut } from './selection.ts';
import type { Decisions } from './use-decisions.ts';

const CheckSign = ({ run, evidence }: { readonly run: Run; readonly evidence: Evidence | null }): ReactElement | null => {
  const total = run.order.text.checks.length;
  if (total === 0 || evidence === null) return null;
  if (!evidence.checked) return <Sign tone="grey" shape="circle">not checked</Sign>;
  const passed = evidence.items.filter(({ verdict }) => verdict === 'passed').length;
  return (
    <Sign tone={passed === total ? 'green' : 'red'} shape={passed === total ? 'check' : 'cross'}>
      {passed} of {count(total, 'check')} passed
    </Sign>
  );
};

interface ReviewBarProps {
  readonly brief: Brief;
  readonly run: Run;
  readonly result: Result;
  readonly evidence: Evidence | null;
  /** Files listed, and of those viewed and taken out. */
  readonly files: number;
  readonly viewed: number;
  readonly excluded: number;
  readonly decisions: Decisions;
}

/** What came back, at a glance, and the decision. */
export const ReviewBar = ({ brief, run, result, evidence, files, viewed, excluded, decisions }: ReviewBarProps): ReactElement => {
  const { showFiles, showEvidence } = useReviewView();
  const { high, all } = countFindings(result.findings);
  const out = [excluded > 0 && `${count(excluded, 'file')} out`, hunksOut(run) > 0 && `${count(hunksOut(run), 'hunk')} out`].filter(Boolean).join(', ');
  return (
    <>
      {failureInWords(run) !== null && (
        <p className="review-failure">
          <Sign tone="red" shape="cross">
            {visibleText(failureInWords(run) ?? '')}
          </Sign>
          <span className="muted"> What it had changed until then is below.</span>
        </p>
      )}
      <div className="review-bar">
        <Button look="icon" aria-label="Files" title="Show the files ([)" aria-pressed={showFiles} onClick={() => changeView({ showFiles: !showFiles })}>
          <PanelLeftIcon />
        </Button>
        <span className="review-size">
          {result.outcome === 'noChanges' ? 'The command changed nothing' : count(result.files, 'file')}
          {result.outcome === 'done' && (
            <>
              {' '}
              <span className="tone-green">+{result.additions.toLocaleString('en')}</span> <span className="tone-red">−{result.deletions.toLocaleString('en')}</span>
            </>
          )}
        </span>
        {files > 0 && (
          <span className="muted review-viewed" data-testid="viewed">
            <progress max={files} value={viewed} aria-label="Files viewed" /> {viewed.toLocaleString('en')} of {files.toLocaleString('en')} viewed
          </span>
        )}
        <CheckSign run={run} evidence={evidence} />
        {all > 0 && (
          <span className={`tag ${high > 0 ? 'tone-red' : 'tone-amber'}`}>
            <FlagIcon size={12} />
            {count(all, 'finding')}
          </span>
        )}
        {out !== '' && <span className="muted">{out}</span>}
        <Landed run={run} />
        {brief.decision === 'closed' && <span className="muted">Closed</span>}
        <span className="grow" />
        <Decide decisions={decisions} />
        <Button look="icon" aria-label="Evidence" title="Show the evidence (])" aria-pressed={showEvidence} onClick={() => changeView({ showEvidence: !showEvidence })}>
          <PanelRightIcon />
        </Button>
      </div>
    </>
  );
};
