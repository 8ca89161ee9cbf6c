import { api } from '../client/api.ts';
import { useConnection } from '../client/connection.ts';
import { faultOf } from '../client/fault-of.ts';
import { takeRun, useFleet } from '../client/fleet-store.ts';
import { newCommandId } from '../client/ids.ts';
import { unheededComments } from '../client/unheeded-comments.ts';
import { showDone, showFault, showOffer } from '../ui/toast.tsx';
import type { HistoryRow } from './use-history.ts';

/** Queues another run of the brief as it reads now; the one that ended stays as it is. */
export const runAgain = ({ runId, briefId, number }: HistoryRow): void => {
  // It would be queued whenever the service is back, and once more for each time it was asked for.
  if (useConnection.getState().state === 'lost') return showFault({ message: 'The service is not answering.', next: `Run #${number} again when it is back.` }, 'run-again');
  const { briefs, runs } = useFleet.getState();
  const unheeded = unheededComments(briefs[briefId], runs[runId]);
  api.runs.retry({ commandId: newCommandId(), runId }).then(
    (run) => {
      takeRun(run);
      const said = `#${number} is queued again, as attempt ${run.attempt}.`;
      if (unheeded) showOffer(`${said} ${unheeded.words}`, unheeded.offer, `again ${briefId}`);
      else showDone(said);
    },
    (error: unknown) => showFault(faultOf(error)),
  );
};
