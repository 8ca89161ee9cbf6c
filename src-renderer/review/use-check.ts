import { useEffect, useState } from 'react';
import type { Evidence } from '../../src-main/contract/result.ts';
import type { Run } from '../../src-main/contract/run.ts';
import { useFleet } from '../client/fleet-store.ts';
import { showDone, showFault } from '../ui/toast.tsx';
import { cannotCheck } from './evidence/checks.tsx';
import { checkSelection } from './run-commands.ts';

/** The checks of a selection, as they are asked for by key. */
export interface CheckByKey {
  readonly canCheck: boolean;
  /** Asked for, and not begun yet. */
  readonly isAsked: boolean;
  readonly check: () => void;
}

/** Checks what is selected. Asked for while it is not known whether that is checked, it is done, or why not is said, as soon as it is known. */
export const useCheck = (run: Run, evidence: Evidence | null): CheckByKey => {
  const engineIsUp = useFleet((fleet) => fleet.engine.state === 'up');
  const [asked, setAsked] = useState<'no' | 'waits' | 'sent'>('no');
  const cannot = cannotCheck(run, engineIsUp);
  useEffect(() => {
    if (asked !== 'waits' || evidence === null) return;
    if (evidence.checked || cannot !== null) {
      setAsked('no');
      if (evidence.checked) showDone('The checks have run on exactly this already.');
      else showFault({ message: cannot ?? '', next: '' });
      return;
    }
    setAsked('sent');
    void checkSelection(run).finally(() => setAsked('no'));
  }, [asked, evidence, cannot, run]);
  return { canCheck: cannot === null && evidence?.checked !== true, isAsked: asked !== 'no', check: () => setAsked((now) => (now === 'no' ? 'waits' : now)) };
};
