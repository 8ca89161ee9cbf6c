import type { ReactElement, ReactNode } from 'react';
import type { Brief } from '../../src-main/contract/brief.ts';
import type { Run } from '../../src-main/contract/run.ts';
import { hasEnded } from '../../src-main/domain/columns.ts';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { useProgress } from '../client/fleet-store.ts';
import { hrefOf } from '../client/route.ts';
import { modelInWords, signOf } from '../client/run-sign.ts';
import { budget, clock, count } from '../ui/format.ts';
import { ReviewIcon, WarningIcon } from '../ui/icons.tsx';
import { InternetSign } from '../ui/internet-sign.tsx';
import { Sign } from '../ui/sign.tsx';
import { useNow } from '../ui/use-now.ts';
import { endingOf } from './ending.ts';
import { begunPhases } from './phases.ts';
import { RetryRun } from './retry-run.tsx';
import { StopRun } from './stop-run.tsx';
import { TouchedFiles } from './touched-files.tsx';

/** Time worked of the budget, while the work goes on and after it. */
const Spent = ({ run }: { readonly run: Run }): ReactElement | null => {
  const progress = useProgress(run.id);
  const isWorking = run.state.name === 'working';
  const now = useNow(isWorking);
  const { working, collecting } = run.times;
  if (working === undefined || !begunPhases(run).some(({ phase }) => phase === 'working')) return null;
  const minutes = run.order.text.timeBudgetMinutes;
  const known = isWorking ? (progress?.workedMs ?? 0) + now - (progress?.seenAt ?? working) : (progress?.workedMs ?? (collecting ?? run.endedAt ?? now) - working);
  const spent = Math.max(0, known);
  const share = Math.min(1, spent / (minutes * 60_000));
  return (
    <span className="spent" title="Time the work has used of its budget">
      <span className="spent-clock">
        {clock(spent)} <span className="muted">of {budget(minutes)}</span>
      </span>
      {isWorking && (
        <span className={`spent-bar${share > 0.9 ? ' late' : ''}`} role="progressbar" aria-label="Time used of the budget" aria-valuenow={Math.round(share * 100)}>
          <span style={{ width: `${share * 100}%` }} />
        </span>
      )}
    </span>
  );
};

interface RunHeadProps {
  readonly brief: Brief;
  readonly run: Run;
  /** More that can be done with the run. */
  readonly children: ReactNode;
}

/** A run's state, what it has used and touched, and what can be done about it. */
export const RunHead = ({ brief, run, children }: RunHeadProps): ReactElement => {
  const sign = signOf(run);
  const ended = hasEnded(run.state);
  const ending = endingOf(run);
  const live = useProgress(run.id)?.touched ?? null;
  const result = run.turns.at(-1)?.result ?? null;
  const isCurrent = brief.currentRun === run.id || brief.currentRun === null;
  const canReview = result !== null && result.outcome === 'done';
  const canRetry = ended && isCurrent && brief.decision === null;
  return (
    <>
      <div className="run-head">
        <span className="run-state">
          <Sign tone={sign.tone} shape={sign.shape}>{sign.word}</Sign>
        </span>
        <Spent run={run} />
        {!ended && live !== null && <TouchedFiles touched={live} />}
        {result !== null && (
          <span className="tag">
            {result.outcome === 'noChanges' ? (
              <span className="muted">no changes</span>
            ) : (
              <>
                <span className="tone-green">+{result.additions}</span> <span className="tone-red">−{result.deletions}</span> <span className="muted">{count(result.files, 'file')}</span>
              </>
            )}
          </span>
        )}
        <span className="muted tag run-with">
          <InternetSign internet={run.order.text.runsWith.internet} /> · {visibleText(modelInWords(run.order.text))}
        </span>
        <span className="grow" />
        {children}
        {!ended && <StopRun run={run} />}
        {canRetry && <RetryRun run={run} primary={ending !== null && !canReview} />}
        {canReview && (
          <a className={`button${ended ? ' primary' : ''}`} href={hrefOf({ place: 'brief', id: brief.id, tab: 'review', run: brief.currentRun === run.id ? null : run.id })}>
            <ReviewIcon /> Open review
          </a>
        )}
      </div>
      {ending && (
        <div className={`run-ending ${ending.tone}`} role="status">
          <WarningIcon />
          <span>
            {visibleText(ending.what)} <span className="muted">{visibleText(ending.next)}</span>
          </span>
        </div>
      )}
    </>
  );
};
