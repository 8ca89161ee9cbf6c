import { useState, type ReactElement } from 'react';
import type { Run } from '../../src-main/contract/run.ts';
import { useActions } from '../client/actions.ts';
import { api } from '../client/api.ts';
import { faultOf } from '../client/fault-of.ts';
import { takeRun, useProgress } from '../client/fleet-store.ts';
import { newCommandId } from '../client/ids.ts';
import { wouldLoseWork } from '../client/run-sign.ts';
import { Button } from '../ui/button.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { StopIcon } from '../ui/icons.tsx';
import { Keys } from '../ui/keys.tsx';
import { showFault } from '../ui/toast.tsx';
import { stopInWords } from './stop-words.ts';

/** Stops a run; asks first when something would be lost, and says what. */
export const StopRun = ({ run }: { readonly run: Run }): ReactElement => {
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const touched = useProgress(run.id)?.touched?.files ?? 0;
  const isStopping = run.state.name === 'cancelling';
  const stop = (): void => {
    setBusy(true);
    api.runs
      .cancel({ commandId: newCommandId(), runId: run.id })
      .then(takeRun, (error: unknown) => showFault(faultOf(error)))
      .finally(() => setBusy(false));
  };
  const ask = (): void => {
    if (isStopping || busy) return;
    if (wouldLoseWork(run)) setAsking(true);
    else stop();
  };
  useActions([{ title: 'Stop this run', section: 'Activity', keys: 's', also: 'cancel', run: ask }]);
  const { lost, kept } = stopInWords(run, touched);
  return (
    <>
      <Button disabled={isStopping || busy} onClick={ask}>
        <StopIcon /> {isStopping ? 'Stopping…' : 'Stop'} {!isStopping && <Keys presses={[['S']]} />}
      </Button>
      {asking && (
        <Confirm title="Stop this run?" action="Stop the run" onClose={() => setAsking(false)} onConfirm={stop}>
          <span className="block">{lost}</span> <span className="block">{kept}</span>
        </Confirm>
      )}
    </>
  );
};
