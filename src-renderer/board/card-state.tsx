import type { ReactElement } from 'react';
import type { Brief, Column } from '../../src-main/contract/brief.ts';
import type { Run } from '../../src-main/contract/run.ts';
import { useFleet } from '../client/fleet-store.ts';
import { count } from '../ui/format.ts';
import { CommentIcon } from '../ui/icons.tsx';
import { Sign } from '../ui/sign.tsx';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { Outcome } from './card-outcome.tsx';
import { Working } from './card-working.tsx';

/** Why a queued card does not start yet. */
const Waiting = ({ run }: { readonly run: Run }): ReactElement => {
  const reason = useFleet((fleet) => fleet.waiting[run.id]);
  return <Sign tone="grey" shape="clock">{reason ? visibleText(reason.message) : 'Waiting for its turn'}</Sign>;
};

interface CardStateProps {
  readonly brief: Brief;
  readonly column: Column;
  readonly run: Run | undefined;
}

/** The part of a card that depends on where its brief is. */
export const CardState = ({ brief, column, run }: CardStateProps): ReactElement | null => {
  if (column === 'backlog') {
    const { checks, after } = brief.text;
    const kept = brief.keptComments ?? 0;
    if (checks.length + after.length + kept === 0) return null;
    return (
      <div className="row wrap muted">
        {checks.length > 0 && <span className="tag">{count(checks.length, 'check')}</span>}
        {after.length > 0 && <span className="tag">after {after.slice(0, 3).map((number) => `#${number}`).join(', ')}{after.length > 3 && ' …'}</span>}
        {kept > 0 && (
          <span className="tag" title="Kept with its earlier attempts">
            <CommentIcon size={12} />
            {count(kept, 'comment')}
          </span>
        )}
      </div>
    );
  }
  if (!run) return column === 'queued' ? <Sign tone="grey" shape="clock">Queueing…</Sign> : <Sign tone="grey" shape="dash">Closed</Sign>;
  if (column === 'queued') return <Waiting run={run} />;
  if (column === 'running') return <Working run={run} />;
  return <Outcome run={run} decided={brief.decision} />;
};
