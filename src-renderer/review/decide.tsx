import { useState, type ReactElement } from 'react';
import type { Brief, Column } from '../../src-main/contract/brief.ts';
import type { Run } from '../../src-main/contract/run.ts';
import { api } from '../client/api.ts';
import { faultOf } from '../client/fault-of.ts';
import { takeBrief } from '../client/fleet-store.ts';
import { newCommandId } from '../client/ids.ts';
import { goTo } from '../client/route.ts';
import { Button } from '../ui/button.tsx';
import { showDone, showFault } from '../ui/toast.tsx';

interface DecideProps {
  readonly brief: Brief;
  readonly run: Run;
  /** There is something that can be landed. */
  readonly canLand: boolean;
  readonly onLand: () => void;
}

/** The decisions on a result. */
export const Decide = ({ brief, run, canLand, onLand }: DecideProps): ReactElement => {
  const [busy, setBusy] = useState(false);
  const attempt = (work: () => Promise<void>): void => {
    setBusy(true);
    work()
      .catch((error: unknown) => showFault(faultOf(error)))
      .finally(() => setBusy(false));
  };
  const move = (to: Column, said: string): void =>
    attempt(async () => {
      takeBrief(await api.briefs.move({ commandId: newCommandId(), briefId: brief.id, to, before: null, confirmed: true }));
      showDone(said);
      goTo({ place: 'board', project: null });
    });
  const tryOut = (): void =>
    attempt(async () => {
      const { path } = await api.runs.tryOut({ commandId: newCommandId(), runId: run.id, into: null });
      showDone('A private clone of this result is ready.', path);
    });
  const undecided = brief.decision === null;
  return (
    <div className="row wrap decide">
      {undecided && (
        <>
          <Button look="quiet" disabled={busy} title="Back to the backlog; the brief stays" onClick={() => move('backlog', `#${brief.number} is back in the backlog.`)}>
            Reject
          </Button>
          <Button look="quiet" disabled={busy} title="Done without landing" onClick={() => move('done', `#${brief.number} is closed.`)}>
            Close
          </Button>
        </>
      )}
      {canLand && (
        <Button disabled={busy} title="A private clone to run and edit before deciding" onClick={tryOut}>
          Try
        </Button>
      )}
      {canLand && (
        <Button look="primary" disabled={busy} aria-keyshortcuts="a" onClick={onLand}>
          Land…
        </Button>
      )}
    </div>
  );
};
