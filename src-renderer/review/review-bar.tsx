import type { ReactElement } from 'react';
import type { Brief } from '../../src-main/contract/brief.ts';
import type { RunBaseNow } from '../../src-main/contract/endpoints.ts';
import type { Evidence, Result } from '../../src-main/contract/result.ts';
import type { Run } from '../../src-main/contract/run.ts';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { endingOf } from '../client/ending.ts';
import { findingsOf } from '../client/finding-words.ts';
import { hrefOf, useRoute } from '../client/route.ts';
import { Button } from '../ui/button.tsx';
import { CodedText } from '../ui/coded-text.tsx';
import { count } from '../ui/format.ts';
import { PanelLeftIcon, PanelRightIcon } from '../ui/icons.tsx';
import { Sign } from '../ui/sign.tsx';
import { BaseMoved } from './base-moved.tsx';
import { Decide, Landed } from './decide.tsx';
import { checksInWords } from '../client/checks-in-words.ts';
import { FindingSign } from './evidence/finding-sign.tsx';
import { LastOutput } from './last-output.tsx';
import { OverlapSigns } from './overlap-signs.tsx';
import { changeView, useReviewView } from './review-view.ts';
import { SameChanges } from './same-changes.tsx';
import { hunksOut } from './selection.ts';
import type { Decisions } from './use-decisions.ts';

const CheckSign = ({ run, evidence }: { readonly run: Run; readonly evidence: Evidence | null }): ReactElement | null => {
  const total = run.order.text.checks.length;
  if (total === 0 || evidence === null) return null;
  if (!evidence.checked) return <Sign tone="grey" shape="circle">not checked</Sign>;
  const { tone, shape, words } = checksInWords(evidence, total);
  return (
    <Sign tone={tone} shape={shape}>
      {words}
    </Sign>
  );
};

interface ReviewBarProps {
  readonly brief: Brief;
  readonly run: Run;
  readonly result: Result;
  readonly evidence: Evidence | null;
  readonly baseNow: RunBaseNow | null;
  /** Files listed, and of those viewed and taken out. */
  readonly files: number;
  readonly viewed: number;
  readonly excluded: number;
  readonly decisions: Decisions;
}

/** What came back, at a glance, and the decision. */
export const ReviewBar = ({ brief, run, result, evidence, baseNow, files, viewed, excluded, decisions }: ReviewBarProps): ReactElement => {
  const route = useRoute();
  const queue = route.place === 'brief' && route.queue === true;
  const { showFiles, showEvidence } = useReviewView();
  const ending = endingOf(run);
  const out = [excluded > 0 && count(excluded, 'file'), hunksOut(run) > 0 && count(hunksOut(run), 'hunk')].filter(Boolean).join(', ');
  return (
    <>
      {ending && (
        <div className={`review-failure ${ending.tone}`}>
          <Sign tone={ending.tone} shape={ending.shape}>
            <span><CodedText text={visibleText(ending.what)} /></span>
          </Sign>{' '}
          <span className="muted"><CodedText text={visibleText(ending.next)} /></span> <a href={hrefOf({ place: 'brief', id: brief.id, tab: 'activity', run: brief.currentRun === run.id ? null : run.id, queue })}>Open the log</a>
          <details className="last-output-fold">
            <summary>What it printed last</summary>
            <LastOutput run={run} />
          </details>
        </div>
      )}
      <div className="review-bar">
        <Button look="icon" aria-label="Files" title="Show the files ([)" aria-pressed={showFiles} onClick={() => changeView({ showFiles: !showFiles })}>
          <PanelLeftIcon />
        </Button>
        <div className="review-facts">
          <span className="review-size">
            {result.outcome === 'noChanges' ? 'The command changed nothing' : count(result.files, 'file')}
            {result.outcome === 'done' && (
              <>
                {' '}
                <span className="tone-green">+{result.additions.toLocaleString('en')}</span> <span className="tone-red">−{result.deletions.toLocaleString('en')}</span>
              </>
            )}
          </span>
          {run.attempt > 1 && <SameChanges brief={brief} run={run} />}
          {files > 0 && (
            <span className="muted review-viewed" data-testid="viewed">
              <progress max={files} value={viewed} aria-label="Files viewed" /> {viewed.toLocaleString('en')} of {files.toLocaleString('en')} viewed
            </span>
          )}
          <CheckSign run={run} evidence={evidence} />
          <FindingSign findings={findingsOf(run)} />
          {out !== '' && <span className="muted">{out} out</span>}
          {brief.decision === null && <BaseMoved now={baseNow} />}
          <OverlapSigns brief={brief} run={run} />
          <Landed run={run} />
          {brief.decision === 'closed' && <span className="muted">Closed</span>}
        </div>
        <Decide decisions={decisions} />
        <Button look="icon" aria-label="Evidence" title="Show the evidence (])" aria-pressed={showEvidence} onClick={() => changeView({ showEvidence: !showEvidence })}>
          <PanelRightIcon />
        </Button>
      </div>
    </>
  );
};
