import { useState } from 'react';
import type { BaseChoice, Brief } from '../../src-main/contract/brief.ts';
import type { Run } from '../../src-main/contract/run.ts';
import { hasEnded } from '../../src-main/domain/columns.ts';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { useActions } from '../client/actions.ts';
import { pressedAt } from '../client/action-keys.ts';
import { api } from '../client/api.ts';
import { faultOf } from '../client/fault-of.ts';
import { takeRun } from '../client/fleet-store.ts';
import { newCommandId } from '../client/ids.ts';
import { unheededComments } from '../client/unheeded-comments.ts';
import { showDone, showFault, showOffer } from '../ui/toast.tsx';
import { decideAgainst } from './decide-against.ts';
import { afterAdvance } from './queue/after-advance.ts';

/** How a result was decided: the page goes on by it. */
export type Decided = 'landed' | 'closed' | 'backlog' | 'again';

/** What can be decided about a run now; what cannot is null. */
export interface Decisions {
  readonly busy: boolean;
  readonly land: (() => void) | null;
  /** It is still to be decided: landing is then what is proposed. */
  readonly isOpen: boolean;
  /** It was landed before. */
  readonly isLanded: boolean;
  /** Why it cannot be landed just now, where it can be soon; null: it can, or there is nothing to land. */
  readonly landLater: string | null;
  readonly tryOut: (() => Promise<void>) | null;
  readonly close: (() => void) | null;
  readonly backlog: (() => void) | null;
  /** A new run of the brief, from the base that it says or from another one. */
  readonly runAgain: ((base?: BaseChoice) => void) | null;
}

interface Asked {
  readonly brief: Brief;
  readonly run: Run;
  /** There is something that can be landed. */
  readonly canLand: boolean;
  readonly landLater?: string | null;
  readonly onLand: () => void;
  readonly onTried: (path: string) => void;
  /** A decision was made: on to what waits next. */
  readonly onDecided: (how: Decided) => void;
}

const fromInWords = (base: BaseChoice | undefined): string => (base?.kind === 'branch' ? ` from ${visibleText(base.name)}` : '');

/** The decisions on a run, also by key and in the palette. */
export const useDecisions = ({ brief, run, canLand, landLater = null, onLand, onTried, onDecided }: Asked): Decisions => {
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
    onDecided(to === 'done' ? 'closed' : 'backlog');
  };
  const runAgain = (base?: BaseChoice): void =>
    void attempt(async () => {
      takeRun(await api.runs.retry({ commandId: newCommandId(), runId: run.id, ...(base && { base }) }));
      const said = `#${brief.number} runs again${fromInWords(base)}.`;
      const unheeded = unheededComments(brief, run);
      if (unheeded) showOffer(`${said} ${unheeded.words}`, unheeded.offer, `again ${brief.id}`);
      else showDone(said, base ? 'The brief itself is as it was; this attempt is kept beside the new one.' : 'This attempt is kept beside the new one.');
      onDecided('again');
    });
  const decisions: Decisions = {
    busy,
    land: canLand ? onLand : null,
    isOpen: undecided && run.landed.length === 0,
    isLanded: run.landed.length > 0,
    landLater: canLand ? null : landLater,
    tryOut: canLand
      ? () =>
          attempt(async () => {
            const { path } = await api.runs.tryOut({ commandId: newCommandId(), runId: run.id, into: null });
            onTried(path);
          })
      : null,
    close: undecided && run.state.name !== 'cancelled' ? against('done') : null,
    backlog: undecided && run.state.name !== 'cancelled' ? against('backlog') : null,
    runAgain: undecided ? runAgain : null,
  };
  const section = 'Review';
  /** By key only: what is clicked was seen. Landing asks first. */
  const byKey = (decide: () => void) => (): void => {
    if (afterAdvance.isMeant(pressedAt())) decide();
  };
  useActions([
    ...(decisions.land ? [{ title: decisions.isLanded ? 'Land the result again' : 'Land the result', section, keys: 'a', also: 'accept merge branch patch', run: decisions.land }] : []),
    ...(decisions.tryOut ? [{ title: 'Try the result in a private clone', section, keys: 't', also: 'checkout editor', run: () => void decisions.tryOut?.() }] : []),
    ...(decisions.close ? [{ title: 'Close the brief without landing', section, keys: 'd', also: 'reject dismiss done', run: byKey(decisions.close) }] : []),
    ...(decisions.backlog ? [{ title: 'Put the brief into the backlog', section, keys: 'B', also: 'reject send request changes', run: decisions.backlog }] : []),
    ...(decisions.runAgain ? [{ title: 'Run again', section, keys: 'R', also: 'retry launch', run: () => decisions.runAgain?.() }] : []),
  ]);
  return decisions;
};
