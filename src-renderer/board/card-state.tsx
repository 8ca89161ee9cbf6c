import type { ReactElement } from 'react';
import type { Brief, Column } from '../../src-main/contract/brief.ts';
import type { Run } from '../../src-main/contract/run.ts';
import { useFleet, useProgress } from '../client/fleet-store.ts';
import { checkCount, failureInWords, signOf } from '../client/run-sign.ts';
import { budget, clock, count } from '../ui/format.ts';
import { Sign } from '../ui/sign.tsx';
import { useNow } from '../ui/use-now.ts';
import { visibleText } from '../../src-main/domain/visible-text.ts';

/** Why a queued card does not start yet. */
const Waiting = ({ run }: { readonly run: Run }): ReactElement => {
  const reason = useFleet((fleet) => fleet.waiting[run.id]);
  return <Sign tone="grey" shape="clock">{reason?.message ?? 'Waiting for its turn'}</Sign>;
};

/** A run under way: phase, elapsed of budget, last line. */
const Working = ({ run }: { readonly run: Run }): ReactElement => {
  const progress = useProgress(run.id);
  const isWorking = run.state.name === 'working';
  const now = useNow(isWorking);
  const sign = signOf(run);
  const minutes = run.order.text.timeBudgetMinutes;
  const worked = (progress?.workedMs ?? 0) + (isWorking ? now - (progress?.seenAt ?? run.times.working ?? now) : 0);
  const share = Math.min(1, Math.max(0, worked) / (minutes * 60_000));
  return (
    <>
      <div className="row wrap">
        <Sign tone={sign.tone} shape={sign.shape}>{sign.word}</Sign>
        <span className="card-clock">{clock(worked)} / {budget(minutes)}</span>
      </div>
      <div className="card-bar" role="progressbar" aria-label="Time used of the budget" aria-valuenow={Math.round(share * 100)}>
        <span style={{ width: `${share * 100}%` }} />
      </div>
      {progress?.lastLine && <p className="card-line mono literal ellipsis">{visibleText(progress.lastLine)}</p>}
    </>
  );
};

const Checks = ({ run }: { readonly run: Run }): ReactElement | null => {
  const checks = checkCount(run);
  if (!checks) return null;
  if (!checks.checked) return <Sign tone="grey" shape="circle">not checked</Sign>;
  const all = checks.passed === checks.total;
  return <Sign tone={all ? 'green' : 'red'} shape={all ? 'check' : 'cross'}>{`checks ${checks.passed}/${checks.total}`}</Sign>;
};

/** What came back: size, checks, findings, or where and why it failed. */
const Outcome = ({ run, decided }: { readonly run: Run; readonly decided: Brief['decision'] }): ReactElement => {
  const sign = signOf(run);
  const failure = failureInWords(run);
  const result = run.turns.at(-1)?.result;
  // A note is for whoever reads the result; it does not call anyone.
  const findings = result?.findings.filter((finding) => finding.kind !== 'note').length ?? 0;
  return (
    <>
      <div className="row wrap">
        {decided === 'landed' && <Sign tone="green" shape="check">Landed</Sign>}
        {decided === 'closed' && <Sign tone="grey" shape="stop">Closed</Sign>}
        {decided === null && <Sign tone={sign.tone} shape={sign.shape}>{sign.word}</Sign>}
        {result?.outcome === 'noChanges' && <span className="tag muted">no changes</span>}
        {result?.outcome === 'done' && (
          <span className="tag">
            <span className="tone-green">+{result.additions}</span>
            <span className="tone-red">−{result.deletions}</span>
            <span className="muted">{count(result.files, 'file')}</span>
          </span>
        )}
        <Checks run={run} />
        {findings > 0 && <span className="tag tone-amber">{count(findings, 'finding')}</span>}
      </div>
      {failure && <p className="card-failure">{visibleText(failure)}</p>}
    </>
  );
};

/** The part of a card that depends on where its brief is. */
export const CardState = ({ brief, column, run }: { readonly brief: Brief; readonly column: Column; readonly run: Run | undefined }): ReactElement | null => {
  if (column === 'backlog') {
    const checks = brief.text.checks.length;
    return checks > 0 ? <span className="tag muted">{count(checks, 'check')}</span> : null;
  }
  if (!run) return <Sign tone="grey" shape="clock">Queueing…</Sign>;
  if (column === 'queued') return <Waiting run={run} />;
  if (column === 'running') return <Working run={run} />;
  return <Outcome run={run} decided={brief.decision} />;
};
