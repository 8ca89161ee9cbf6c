import type { ReactElement } from 'react';
import type { Run } from '../../src-main/contract/run.ts';
import { phaseOf } from '../../src-main/domain/run-machine.ts';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { useProgress } from '../client/fleet-store.ts';
import { signOf } from '../client/run-sign.ts';
import { signAsSeen, useUnseen } from '../client/unseen.ts';
import { workedBy } from '../client/worked-time.ts';
import { budget, clock, count } from '../ui/format.ts';
import { FileIcon } from '../ui/icons.tsx';
import { Sign } from '../ui/sign.tsx';
import { useNow } from '../ui/use-now.ts';

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

interface Elapsed {
  readonly words: string;
  readonly title: string;
  /** Of the time budget, 0 to 1; null outside of the work, which alone has one. */
  readonly share: number | null;
}

/** How long the work takes by now, of its budget; of a phase before or after it, how long that takes. It stands still unless `ticking`. */
const useElapsed = (run: Run, ticking: boolean): Elapsed => {
  const progress = useProgress(run.id);
  const now = useNow(ticking);
  const begun = run.times[phaseOf(run.state)] ?? now;
  if (run.state.name !== 'working') return { words: clock(Math.max(0, now - begun)), title: 'Since this phase began', share: null };
  const worked = workedBy(progress, begun, now);
  const minutes = run.order.text.timeBudgetMinutes;
  return { words: `${clock(worked)} / ${budget(minutes)}`, title: 'Elapsed of the time budget', share: Math.min(1, worked / (minutes * 60_000)) };
};

/** A run under way: phase, elapsed of budget, files touched, last line. Nothing moves of a run that nobody can see. */
export const Working = ({ run }: { readonly run: Run }): ReactElement => {
  const progress = useProgress(run.id);
  const unseen = useUnseen();
  const { words, title, share } = useElapsed(run, unseen === null);
  const sign = signAsSeen(signOf(run), run.state, unseen);
  const moving = unseen === null ? ' moving' : '';
  return (
    <>
      <div className="row wrap">
        <Sign tone={sign.tone} shape={sign.shape}>{sign.word}</Sign>
        {unseen === null ? <span className="card-clock" title={title}>{words}</span> : <span className="card-clock muted">{unseen}</span>}
      </div>
      {share === null ? (
        <div className={`card-bar${moving}`} aria-hidden="true" />
      ) : (
        <div className={`card-bar${moving}`} role="progressbar" aria-label="Time used of the budget" aria-valuenow={Math.round(share * 100)}>
          <span style={{ width: `${share * 100}%` }} />
        </div>
      )}
      {progress?.touched && progress.touched.files > 0 && <Touched touched={progress.touched} />}
      {progress?.lastLine && <p className="card-line mono literal ellipsis">{visibleText(progress.lastLine)}</p>}
    </>
  );
};
