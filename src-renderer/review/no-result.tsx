import type { ReactElement } from 'react';
import type { Brief } from '../../src-main/contract/brief.ts';
import type { Run } from '../../src-main/contract/run.ts';
import { hasEnded } from '../../src-main/domain/columns.ts';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { useFleet } from '../client/fleet-store.ts';
import { briefHref } from '../client/route.ts';
import { failureInWords, nextStepOf, signOf } from '../client/run-sign.ts';
import { Button } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';
import { Sign } from '../ui/sign.tsx';
import { useActions } from '../client/actions.ts';
import { useDecisions } from './use-decisions.ts';

const WAIT: Readonly<Record<string, string>> = {
  preparing: 'The repository is being made ready. Changes appear here once the work begins.',
  settingUp: 'The environment is being set up. Changes appear here once the work begins.',
  sealing: 'Secrets and the internet are being taken away. Changes appear here once the work begins.',
  collecting: 'The work has ended; what it changed is being collected.',
  cancelling: 'The run is being stopped.',
};

/** A brief that was never launched, or is back in the backlog. */
export const NotStarted = ({ brief }: { readonly brief: Brief }): ReactElement => (
  <Empty title="Nothing to review yet" actions={<a className="button" href={briefHref(brief.id, 'brief')}>Open the brief</a>}>
    The brief has not run. Launch it, and its changes appear here while it works.
  </Empty>
);

/** A run on its way, before there is anything to look at. */
export const Waiting = ({ brief, run }: { readonly brief: Brief; readonly run: Run }): ReactElement => {
  const reason = useFleet((fleet) => fleet.waiting[run.id]?.message);
  const sign = signOf(run);
  return (
    <Empty title="Nothing to review yet" icon={<Sign tone={sign.tone} shape={sign.shape}>{sign.word}</Sign>} actions={<a className="button" href={briefHref(brief.id, 'activity')}>Watch the activity</a>}>
      {run.state.name === 'queued' ? visibleText(reason ?? 'It waits for its turn.') : WAIT[run.state.name]}
    </Empty>
  );
};

/** A run that ended without anything to look at: where, why, and what can be done. */
export const NoResult = ({ brief, run, onDecided, onBack }: { readonly brief: Brief; readonly run: Run; readonly onDecided: () => void; readonly onBack: () => void }): ReactElement => {
  const decisions = useDecisions({ brief, run, canLand: false, onLand: () => undefined, onTried: () => undefined, onDecided });
  useActions([{ title: 'Go back', section: 'Review', keys: 'u', run: onBack }]);
  const next = nextStepOf(run);
  return (
    <Empty
      title={run.state.name === 'cancelled' ? 'Cancelled' : 'No result'}
      actions={
        hasEnded(run.state) && (
          <>
            <a className="button" href={briefHref(brief.id, 'activity')}>
              Open the log
            </a>
            {decisions.backlog && <Button onClick={decisions.backlog}>Back to the backlog</Button>}
            {decisions.close && <Button onClick={decisions.close}>Close</Button>}
            {decisions.retry && (
              <Button look="primary" disabled={decisions.busy} onClick={decisions.retry}>
                Run it again
              </Button>
            )}
          </>
        )
      }
    >
      {visibleText(failureInWords(run) ?? 'There is nothing to look at.')}
      {next && (
        <>
          <br />
          {visibleText(next)}
        </>
      )}
    </Empty>
  );
};
