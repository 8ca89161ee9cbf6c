import { useState } from 'react';
import type { Brief } from '../../src-main/contract/brief.ts';
import type { Run } from '../../src-main/contract/run.ts';
import { hasEnded } from '../../src-main/domain/columns.ts';
import { useActions } from '../client/actions.ts';
import { api } from '../client/api.ts';
import { faultOf } from '../client/fault-of.ts';
import { takeRun } from '../client/fleet-store.ts';
import { newCommandId } from '../client/ids.ts';
import { goTo } from '../client/route.ts';
import { showDone, showFault } from '../ui/toast.tsx';
import { decideAgainst } from './decide-against.ts';

/** What can be decided about a run now; what cannot is null. */
export interface Decisions {
  readonly busy: boolean;
  readonly land: (() => void) | null;
  readonly tryOut: (() => Promise<void>) | null;
  readonly close: (() => void) | null;
  readonly backlog: (() => void) | null;
  readonly retry: (() => void) | null;
}

interface Asked {
  readonly brief: Brief;
  readonly run: Run;
  /** There is something that can be landed. */
  readonly canLand: boolean;
  readonly onLand: () => void;
  readonly onTried: (path: string) => void;
  /** A decision was made: on to what waits next. */
  readonly onDecided: () => void;
}

/** The decisions on a run, also by key and in the palette. */
export const useDecisions = ({ brief, run, canLand, onLand, onTried, onDecided }: Asked): Decisions => {
  const [busy, setBusy] = useState(false);
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true);
    try {
      await work();
    } catch (error) {
      showFault(faultOf(error));
    } finally {
      setBusy(false);
    }
  };
  const ended = hasEnded(run.state);
  const undecided = brief.decision === null && brief.currentRun === run.id && ended;
  const against = (to: 'done' | 'backlog') => (): void => {
    decideAgainst(brief, to);
    onDecided();
  };
  const decisions: Decisions = {
    busy,
    land: canLand ? onLand : null,
    tryOut: canLand
      ? () =>
          attempt(async () => {
            const { path } = await api.runs.tryOut({ commandId: newCommandId(), runId: run.id, into: null });
            onTried(path);
          })
      : null,
    close: undecided && run.state.name !== 'cancelled' ? against('done') : null,
    backlog: undecided && run.state.name !== 'cancelled' ? against('backlog') : null,
    retry:
      undecided
        ? () =>
            void attempt(async () => {
              takeRun(await api.runs.retry({ commandId: newCommandId(), runId: run.id }));
              showDone(`#${brief.number} runs again.`, 'This attempt is kept beside the new one.');
              goTo({ place: 'brief', id: brief.id, tab: 'activity', run: null });
            })
        : null,
  };
  const section = 'Review';
  useActions([
    ...(decisions.land ? [{ title: 'Land the result', section, keys: 'a', also: 'accept merge branch patch', run: decisions.land }] : []),
    ...(decisions.tryOut ? [{ title: 'Try the result in a private clone', section, keys: 't', also: 'checkout editor', run: () => void decisions.tryOut?.() }] : []),
    ...(decisions.close ? [{ title: 'Close without landing', section, keys: 'd', also: 'reject dismiss done', run: decisions.close }] : []),
    ...(decisions.backlog ? [{ title: 'Put the brief back into the backlog', section, also: 'reject', run: decisions.backlog }] : []),
    ...(decisions.retry ? [{ title: 'Run the brief again', section, also: 'retry', run: decisions.retry }] : []),
  ]);
  return decisions;
};
