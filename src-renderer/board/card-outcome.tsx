import type { ReactElement } from 'react';
import type { Brief } from '../../src-main/contract/brief.ts';
import type { Result } from '../../src-main/contract/result.ts';
import type { Run } from '../../src-main/contract/run.ts';
import { recheckOf } from '../../src-main/domain/recheck.ts';
import { chosenOf, isWhole } from '../../src-main/domain/review/left-out.ts';
import { checkCount, failureInWords, hasChangedNothing, nextStepOf, signOf } from '../client/run-sign.ts';
import { countFindings, findingsOf } from '../client/finding-words.ts';
import { landedInWords } from '../client/landed-words.ts';
import { checksInWords } from '../client/checks-in-words.ts';
import { CodedText } from '../ui/coded-text.tsx';
import { count } from '../ui/format.ts';
import { CommentIcon, FlagIcon } from '../ui/icons.tsx';
import { Sign } from '../ui/sign.tsx';
import { visibleText } from '../../src-main/domain/visible-text.ts';

const Checks = ({ run }: { readonly run: Run }): ReactElement | null => {
  const checks = checkCount(run);
  if (!checks) return null;
  if (!checks.checked) return <Sign tone="grey" shape="circle">not checked</Sign>;
  const { tone, shape, words } = checksInWords(checks, checks.total);
  return <Sign tone={tone} shape={shape}>{tone === 'amber' ? words : `checks ${checks.passed}/${checks.total}`}</Sign>;
};

/** How much of the result is chosen: what the user left out is not counted, and it is said that something is. */
const Size = ({ run, result }: { readonly run: Run; readonly result: Result }): ReactElement => {
  const { files, size } = chosenOf(run, result);
  const whole = isWhole(run);
  return (
    <span className="tag" title={whole ? undefined : 'Without what you left out'}>
      {size && <span className="tone-green">+{size.additions}</span>}
      {size && <span className="tone-red">−{size.deletions}</span>}
      <span className="muted">
        {files < result.files ? `${files} of ` : whole ? '' : 'part of '}
        {count(result.files, 'file')}
      </span>
    </span>
  );
};

const Decision = ({ run, decided }: { readonly run: Run; readonly decided: Brief['decision'] }): ReactElement => {
  if (decided === 'landed') {
    const last = run.landed.at(-1);
    const words = last ? landedInWords(last) : 'Landed';
    return (
      <Sign tone="green" shape="check">
        <span className="ellipsis" title={words}>
          {words}
        </span>
      </Sign>
    );
  }
  if (decided === 'closed') return <Sign tone="grey" shape="dash">Closed</Sign>;
  const sign = signOf(run);
  return <Sign tone={sign.tone} shape={sign.shape}>{sign.word}</Sign>;
};

/** What came back: size, checks, findings, or where and why it failed and what is next. */
export const Outcome = ({ run, decided }: { readonly run: Run; readonly decided: Brief['decision'] }): ReactElement => {
  const failure = failureInWords(run);
  const next = nextStepOf(run);
  const result = run.turns.at(-1)?.result;
  const findings = countFindings(findingsOf(run));
  return (
    <>
      <div className="row wrap">
        <Decision run={run} decided={decided} />
        {hasChangedNothing(run) && (decided !== null || run.state.name !== 'reviewable') && <span className="tag muted">no changes</span>}
        {result?.outcome === 'done' && <Size run={run} result={result} />}
        {recheckOf(run.state) === null && <Checks run={run} />}
        {findings.all > 0 && (
          <span className={`tag tone-${findings.tone}`}>
            <FlagIcon size={12} />
            {count(findings.all, 'finding')}
          </span>
        )}
        {run.comments.length > 0 && (
          <span className="tag muted">
            <CommentIcon size={12} />
            {count(run.comments.length, 'comment')}
          </span>
        )}
      </div>
      {failure && (
        <p className="card-failure">
          <CodedText text={visibleText(failure)} /> {next !== null && <span className="muted"><CodedText text={visibleText(next)} /></span>}
        </p>
      )}
    </>
  );
};
