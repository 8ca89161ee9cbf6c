import { useState, type ReactElement } from 'react';
import type { NetworkRule } from '../../src-main/contract/network.ts';
import type { Run } from '../../src-main/contract/run.ts';
import { warningFor } from '../../src-main/domain/network/warning-for.ts';
import { api } from '../client/api.ts';
import { faultOf } from '../client/fault-of.ts';
import { takeRun } from '../client/fleet-store.ts';
import { newCommandId } from '../client/ids.ts';
import { goTo } from '../client/route.ts';
import { Button } from '../ui/button.tsx';
import { Checkbox } from '../ui/checkbox.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { count } from '../ui/format.ts';
import { WarningIcon } from '../ui/icons.tsx';
import { showFault } from '../ui/toast.tsx';
import { keyOfRule, placeOfRule, reachOfRule } from './rule-in-words.ts';

interface AllowDialogProps {
  readonly run: Run;
  readonly rules: readonly NetworkRule[];
  readonly onClose: () => void;
}

/** Shows exactly what would be allowed, and makes the new run. */
export const AllowDialog = ({ run, rules, onClose }: AllowDialogProps): ReactElement => {
  const [remember, setRemember] = useState(false);
  const [busy, setBusy] = useState(false);
  const allow = (): void => {
    if (busy) return;
    setBusy(true);
    api.runs.allowAndRetry({ commandId: newCommandId(), runId: run.id, rules: [...rules], remember }).then(
      (next) => {
        takeRun(next);
        onClose();
        goTo({ place: 'brief', id: next.briefId, tab: 'activity', run: null });
      },
      (error: unknown) => {
        setBusy(false);
        showFault(faultOf(error));
      },
    );
  };
  return (
    <Dialog
      title="Allow and run again"
      onClose={onClose}
      onSubmit={allow}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" data-first disabled={busy}>Allow and run again</Button>
        </>
      }
    >
      <p>A new attempt may also reach {rules.length === 1 ? 'this' : `these ${count(rules.length, 'place')}`}:</p>
      <ul className="network-rules" aria-label="Rules to be added">
        {rules.map((rule) => {
          const warning = warningFor(rule);
          return (
            <li key={keyOfRule(rule)}>
              <span className="mono literal">{placeOfRule(rule)}</span> <span className="muted">{reachOfRule(rule)}</span>
              {warning !== null && (
                <p className="network-warning">
                  <WarningIcon size={12} /> {warning}
                </p>
              )}
            </li>
          );
        })}
      </ul>
      <Checkbox checked={remember} onChange={setRemember} hint="Adds them to the allow-list of the project’s environment.">
        Also for later briefs of this project
      </Checkbox>
    </Dialog>
  );
};
