import type { ReactElement } from 'react';
import type { Run } from '../../src-main/contract/run.ts';
import { useProgress } from '../client/fleet-store.ts';
import { signOf } from '../client/run-sign.ts';
import { budget, clock, count } from '../ui/format.ts';
import { FileIcon } from '../ui/icons.tsx';
import { Sign } from '../ui/sign.tsx';
import { useNow } from '../ui/use-now.ts';
import { visibleText } from '../../src-main/domain/visible-text.ts';

/** Most touched paths that are named under the pointer. */
const MOST_PATHS = 12;

const Touched = ({ touched }: { readonly touched: { readonly files: number; readonly paths: readonly string[] } }): ReactElement => {
  const named = touched.paths.slice(0, MOST_PATHS).map(visibleText);
  const rest = touched.files - named.length;
  return (
    <span className="tag muted" title={[...named, ...(rest > 0 ? [`and ${rest} more`] : [])].join('\n')}>
      <FileIcon size={12} />
      {count(touched.files, 'file')} touched
    </span>
  );
};

/** A run under way: phase, elapsed of budget, files touched, last line. */
export const Working = ({ run }: { readonly run: Run }): ReactElement => {
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
        <span className="card-clock" title="Elapsed of the time budget">{clock(worked)} / {budget(minutes)}</span>
      </div>
      <div className="card-bar moving" role="progressbar" aria-label="Time used of the budget" aria-valuenow={Math.round(share * 100)}>
        <span style={{ width: `${share * 100}%` }} />
      </div>
      {progress?.touched && progress.touched.files > 0 && <Touched touched={progress.touched} />}
      {progress?.lastLine && <p className="card-line mono literal ellipsis">{visibleText(progress.lastLine)}</p>}
    </>
  );
};
