import type { ReactElement } from 'react';
import type { Brief } from '../../src-main/contract/brief.ts';
import type { Run } from '../../src-main/contract/run.ts';
import { checkCount, failureInWords, findingCount, nextStepOf, signOf } from '../client/run-sign.ts';
import { count } from '../ui/format.ts';
import { FlagIcon } from '../ui/icons.tsx';
import { Sign } from '../ui/sign.tsx';
import { visibleText } from '../../src-main/domain/visible-text.ts';

const Checks = ({ run }: { readonly run: Run }): ReactElement | null => {
  const checks = checkCount(run);
  if (!checks) return null;
  if (!checks.checked) return <Sign tone="grey" shape="circle">not checked</Sign>;
  const all = checks.passed === checks.total;
  return <Sign tone={all ? 'green' : 'red'} shape={all ? 'check' : 'cross'}>{`checks ${checks.passed}/${checks.total}`}</Sign>;
};

const Decision = ({ run, decided }: { readonly run: Run; readonly decided: Brief['decision'] }): ReactElement => {
  if (decided === 'landed') return <Sign tone="green" shape="check">Landed</Sign>;
  if (decided === 'closed') return <Sign tone="grey" shape="check">Closed</Sign>;
  const sign = signOf(run);
  return <Sign tone={sign.tone} shape={sign.shape}>{sign.word}</Sign>;
};

/** What came back: size, checks, findings, or where and why it failed and what is next. */
export const Outcome = ({ run, decided }: { readonly run: Run; readonly decided: Brief['decision'] }): ReactElement => {
  const failure = failureInWords(run);
  const next = nextStepOf(run);
  const result = run.turns.at(-1)?.result;
  const findings = findingCount(run);
  return (
    <>
      <div className="row wrap">
        <Decision run={run} decided={decided} />
        {result?.outcome === 'noChanges' && <span className="tag muted">no changes</span>}
        {result?.outcome === 'done' && (
          <span className="tag">
            <span className="tone-green">+{result.additions}</span>
            <span className="tone-red">−{result.deletions}</span>
            <span className="muted">{count(result.files, 'file')}</span>
          </span>
        )}
        <Checks run={run} />
        {findings > 0 && (
          <span className="tag tone-amber">
            <FlagIcon size={12} />
            {count(findings, 'finding')}
          </span>
        )}
      </div>
      {failure && (
        <p className="card-failure">
          {visibleText(failure)} {next !== null && <span className="muted">{visibleText(next)}</span>}
        </p>
      )}
    </>
  );
};
