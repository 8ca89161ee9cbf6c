import { useState, type ComponentType, type ReactElement } from 'react';
import type { NetworkRule } from '../../src-main/contract/network.ts';
import type { Run } from '../../src-main/contract/run.ts';
import { parseRule } from '../../src-main/domain/network/parse-rule.ts';
import { api } from '../client/api.ts';
import { faultOf } from '../client/fault-of.ts';
import { takeRun } from '../client/fleet-store.ts';
import { newCommandId } from '../client/ids.ts';
import { goTo } from '../client/route.ts';
import { Button } from '../ui/button.tsx';
import { Checkbox } from '../ui/checkbox.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { count } from '../ui/format.ts';
import { showFault } from '../ui/toast.tsx';
import { keyOfRule, placeOfRule, seenOfRule } from './rule-in-words.ts';

/** The fields of a rule, with what is wrong with it or to be known of it; of another screen, so handed in by who knows both. */
export type RuleFields = ComponentType<{
  readonly number: number;
  readonly rule: NetworkRule;
  readonly onChange: (rule: NetworkRule) => void;
  readonly onRemove: null;
}>;

interface Proposed {
  /** As it was seen refused. */
  readonly seen: NetworkRule;
  /** As it would be allowed. */
  readonly rule: NetworkRule;
  readonly taken: boolean;
}

interface AllowDialogProps {
  readonly run: Run;
  /** What would have let pass what was refused. */
  readonly rules: readonly NetworkRule[];
  readonly ruleFields: RuleFields;
  readonly onClose: () => void;
}

/** Shows exactly what would be allowed, lets it be narrowed, and makes the new run. */
export const AllowDialog = ({ run, rules, ruleFields: Fields, onClose }: AllowDialogProps): ReactElement => {
  const [proposed, setProposed] = useState<readonly Proposed[]>(() => rules.map((rule) => ({ seen: rule, rule, taken: true })));
  const [remember, setRemember] = useState(false);
  const [busy, setBusy] = useState(false);
  const set = (at: number, change: Partial<Proposed>): void => setProposed(proposed.map((each, place) => (place === at ? { ...each, ...change } : each)));
  const taken = proposed.filter((each) => each.taken).map(({ rule }) => parseRule(rule));
  const allowed = taken.flatMap((parsed) => (parsed.kind === 'rule' ? [parsed.rule] : []));
  const obstacle = taken.length === 0 ? 'Nothing is ticked.' : allowed.length < taken.length ? 'A rule has to be corrected first.' : null;
  const allow = (): void => {
    if (busy || obstacle !== null) return;
    setBusy(true);
    api.runs.allowAndRetry({ commandId: newCommandId(), runId: run.id, rules: allowed, remember }).then(
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
          <span className="hint grow" id="allow-rules-obstacle" role="status">{obstacle}</span>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" data-first disabled={busy || obstacle !== null} aria-describedby={obstacle === null ? undefined : 'allow-rules-obstacle'}>Allow and run again</Button>
        </>
      }
    >
      <p>A new attempt may also reach {rules.length === 1 ? 'this' : `these ${count(rules.length, 'place')}`}. Narrow what you can: path and methods can be changed here.</p>
      <ul className="allow-rules" aria-label="Rules to be added">
        {proposed.map(({ seen, rule, taken: isTaken }, at) => (
          <li key={keyOfRule(seen)} className="stack">
            <Checkbox checked={isTaken} onChange={(on) => set(at, { taken: on })} hint={seenOfRule(seen)}>
              <span className="mono literal">{placeOfRule(seen)}</span>
            </Checkbox>
            {isTaken && <Fields number={at + 1} rule={rule} onChange={(next) => set(at, { rule: next })} onRemove={null} />}
          </li>
        ))}
      </ul>
      <Checkbox checked={remember} onChange={setRemember} hint="Adds them to the allow-list of the project’s environment.">
        Also for later briefs of this project
      </Checkbox>
    </Dialog>
  );
};
