import type { ReactElement, ReactNode } from 'react';
import type { Brief } from '../../src-main/contract/brief.ts';
import type { Run } from '../../src-main/contract/run.ts';
import { hasEnded } from '../../src-main/domain/columns.ts';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { endingOf } from '../client/ending.ts';
import { endedInSetup, useEnvironmentChange } from '../client/environment-changes.ts';
import { useProgress } from '../client/fleet-store.ts';
import { hrefOf, useRoute } from '../client/route.ts';
import { hasChangedNothing, modelInWords, signOf } from '../client/run-sign.ts';
import { signAsSeen, useUnseen } from '../client/unseen.ts';
import { workedBy } from '../client/worked-time.ts';
import { CodedText } from '../ui/coded-text.tsx';
import { budget, clock, count } from '../ui/format.ts';
import { ReviewIcon, WarningIcon } from '../ui/icons.tsx';
import { InternetSign } from '../ui/internet-sign.tsx';
import { Sign } from '../ui/sign.tsx';
import { useNow } from '../ui/use-now.ts';
import { begunPhases } from './phases.ts';
import { RunAgain } from './run-again.tsx';
import { StopRun } from './stop-run.tsx';
import { TouchedFiles } from './touched-files.tsx';

/** The work is counted at times, so that its end is not in the count: longer than between two of them, in milliseconds. */
const COUNTED_EACH_MS = 60_000;

/** How long the work took: as counted, which leaves out what the machine slept; from its times where the count lacks only the end. */
const workedOf = (elapsed: number, counted: number | undefined): number => (counted === undefined || elapsed - counted < COUNTED_EACH_MS ? elapsed : counted);

/** Time worked of the budget, while the work goes on and after it. */
const Spent = ({ run }: { readonly run: Run }): ReactElement | null => {
  const progress = useProgress(run.id);
  const isWorking = run.state.name === 'working';
  const isSeen = useUnseen() === null;
  const now = useNow(isWorking && isSeen);
  const { working, collecting } = run.times;
  if (working === undefined || !begunPhases(run).some(({ phase }) => phase === 'working')) return null;
  const minutes = run.order.text.timeBudgetMinutes;
  const spent = isWorking ? workedBy(progress, working, now) : Math.max(0, workedOf((collecting ?? run.endedAt ?? now) - working, progress?.workedMs));
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

/** What it was to run with came by git, and nobody has looked at it yet: that is done on the environment's page. */
const waitsForApproval = ({ state }: Run): boolean => state.name === 'failed' && state.reason.kind === 'fault' && state.reason.fault.code === 'notApproved';

interface RunHeadProps {
  readonly brief: Brief;
  readonly run: Run;
  /** More that can be done with the run. */
  readonly children: ReactNode;
}

/** A run's state, what it has used and touched, and what can be done about it. */
export const RunHead = ({ brief, run, children }: RunHeadProps): ReactElement => {
  const unseen = useUnseen();
  const sign = signAsSeen(signOf(run), run.state, unseen);
  const ended = hasEnded(run.state);
  const ending = endingOf(run);
  const changed = useEnvironmentChange(run);
  const live = useProgress(run.id)?.touched ?? null;
  const result = run.turns.at(-1)?.result ?? null;
  const isCurrent = brief.currentRun === run.id || brief.currentRun === null;
  const route = useRoute();
  const queue = route.place === 'brief' && route.queue === true;
  const canReview = result !== null && result.outcome === 'done';
  const canRetry = ended && isCurrent && brief.decision === null;
  return (
    <>
      <div className="run-head">
        <div className="run-summary">
          <span className="run-state">
            <Sign tone={sign.tone} shape={sign.shape}>{sign.word}</Sign>
            {!ended && unseen !== null && <span className="muted"> · {unseen}</span>}
          </span>
          <Spent run={run} />
          {result !== null && !(hasChangedNothing(run) && run.state.name === 'reviewable') && (
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
        </div>
        {!ended && live !== null && <TouchedFiles touched={live} />}
        <div className="row run-deeds">
          {children}
          {!ended && <StopRun run={run} />}
          {canRetry && <RunAgain run={run} primary={ending !== null && !canReview} />}
          {canReview && (
            <a className={`button${ended ? ' primary' : ''}`} href={hrefOf({ place: 'brief', id: brief.id, tab: 'review', run: brief.currentRun === run.id ? null : run.id, queue })}>
              <ReviewIcon /> Open review
            </a>
          )}
        </div>
      </div>
      {ending && (
        <div className={`run-ending ${ending.tone}`} role="status">
          <WarningIcon />
          <span>
            <CodedText text={visibleText(ending.what)} /> <span className="muted"><CodedText text={visibleText(ending.next)} /></span>
            {waitsForApproval(run) && (
              <>
                {' '}
                <a href={hrefOf({ place: 'project', id: run.projectId })}>Look at the change</a>
              </>
            )}
            {endedInSetup(run) && (
              <>
                {changed !== null && <span className="block"> {changed}</span>} <a href={hrefOf({ place: 'project', id: run.projectId })}>Open the environment</a>
              </>
            )}
          </span>
        </div>
      )}
    </>
  );
};
