import { useState, type ReactElement } from 'react';
import type { Run } from '../../src-main/contract/run.ts';
import { useActions } from '../client/actions.ts';
import { api } from '../client/api.ts';
import { faultOf } from '../client/fault-of.ts';
import { takeRun, useFleet } from '../client/fleet-store.ts';
import { newCommandId } from '../client/ids.ts';
import { goTo } from '../client/route.ts';
import { unheededComments } from '../client/unheeded-comments.ts';
import { Button } from '../ui/button.tsx';
import { RetryIcon } from '../ui/icons.tsx';
import { Keys } from '../ui/keys.tsx';
import { showFault, showOffer } from '../ui/toast.tsx';

/** Makes another attempt at the brief, and goes to it. */
export const RunAgain = ({ run, primary }: { readonly run: Run; readonly primary: boolean }): ReactElement => {
  const [busy, setBusy] = useState(false);
  const again = (): void => {
    if (busy) return;
    setBusy(true);
    api.runs
      .retry({ commandId: newCommandId(), runId: run.id })
      .then((next) => {
        takeRun(next);
        const brief = useFleet.getState().briefs[next.briefId];
        const unheeded = unheededComments(brief, run);
        if (brief && unheeded) showOffer(`#${brief.number} runs again. ${unheeded.words}`, unheeded.offer, `again ${brief.id}`);
        goTo({ place: 'brief', id: next.briefId, tab: 'activity', run: null });
      }, (error: unknown) => showFault(faultOf(error)))
      .finally(() => setBusy(false));
  };
  useActions([{ title: 'Run again', section: 'Activity', keys: 'R', run: again, also: 'retry rerun attempt' }]);
  return (
    <Button look={primary ? 'primary' : 'plain'} disabled={busy} aria-keyshortcuts="Shift+r" onClick={again}>
      <RetryIcon /> Run again <Keys presses={[['⇧R']]} />
    </Button>
  );
};
