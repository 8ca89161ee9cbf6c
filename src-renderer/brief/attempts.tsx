import type { ReactElement } from 'react';
import type { Brief } from '../../src-main/contract/brief.ts';
import type { Comment } from '../../src-main/contract/result.ts';
import type { Run } from '../../src-main/contract/run.ts';
import { hasEnded } from '../../src-main/domain/columns.ts';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { hrefOf } from '../client/route.ts';
import { standingSign } from '../client/standing-sign.ts';
import { useRunsOf } from '../client/use-runs-of.ts';
import { count } from '../ui/format.ts';
import { Sign } from '../ui/sign.tsx';

const placeOf = ({ path, side, from, to }: Comment): string => `${visibleText(path)}, ${from === to ? `line ${from}` : `lines ${from} to ${to}`}${side === 'base' ? ' of the base' : ''}`;

const Attempt = ({ brief, run }: { readonly brief: Brief; readonly run: Run }): ReactElement => {
  const sign = standingSign(run, brief);
  const tab = run.turns.at(-1)?.result == null ? 'activity' : 'review';
  return (
    <li className="stack tight">
      <div className="row wrap">
        <a href={hrefOf({ place: 'brief', id: brief.id, tab, run: run.id === brief.currentRun ? null : run.id })}>Attempt {run.attempt}</a>
        <Sign tone={sign.tone} shape={sign.shape}>{sign.word}</Sign>
        {run.comments.length > 0 && <span className="muted">{count(run.comments.length, 'comment')}</span>}
      </div>
      {run.comments.length > 0 && (
        <ul className="attempt-comments" aria-label={`Comments on attempt ${run.attempt}`}>
          {run.comments.map((comment) => (
            <li key={comment.id}>
              <span className="hint mono literal">{placeOf(comment)}</span>
              <p className="literal" dir="auto">{comment.text.split('\n').map(visibleText).join('\n')}</p>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
};

/** What became of the brief's runs that have ended, newest first, with the comments that are kept with them. */
export const Attempts = ({ brief }: { readonly brief: Brief }): ReactElement | null => {
  const ended = useRunsOf(brief).filter(({ state }) => hasEnded(state));
  if (ended.length === 0) return null;
  return (
    <aside className="attempts" aria-label="Attempts">
      <h2>Attempts</h2>
      <ul>
        {ended.map((run) => (
          <Attempt key={run.id} brief={brief} run={run} />
        ))}
      </ul>
    </aside>
  );
};
