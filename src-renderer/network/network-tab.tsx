import { useState, type ReactElement } from 'react';
import type { NetworkEntry, NetworkRule } from '../../src-main/contract/network.ts';
import type { Run } from '../../src-main/contract/run.ts';
import { hasEnded } from '../../src-main/domain/columns.ts';
import { useActions } from '../client/actions.ts';
import { receiptOf } from '../client/receipt-of.ts';
import { nextStepOf } from '../client/run-sign.ts';
import { Button } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';
import { FaultText } from '../ui/fault-text.tsx';
import { count } from '../ui/format.ts';
import { Keys } from '../ui/keys.tsx';
import { SealReceipt } from '../ui/seal-receipt.tsx';
import { Segments } from '../ui/segments.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { AllowDialog, type RuleFields } from './allow-dialog.tsx';
import { AttemptList } from './attempt-list.tsx';
import { Policy } from './policy.tsx';
import { keyOfRule } from './rule-in-words.ts';
import { useNetwork, type NetworkFacts } from './use-network.ts';
import './network.css';

/** Most rules that one retry may add: the contract's own limit. */
const MOST_RULES = 64;

const refusedFirst = (entries: readonly NetworkEntry[]): NetworkEntry[] =>
  [...entries].sort((a, b) => Number(b.refused !== null) - Number(a.refused !== null) || b.lastAt - a.lastAt);

const attempts = (entries: readonly NetworkEntry[]): number => entries.reduce((sum, entry) => sum + entry.count, 0);

const obstacleTo = (run: Run, rules: readonly NetworkRule[]): string | null => {
  if (!hasEnded(run.state)) return 'The run is under way, and its network is fixed: wait for its end, or stop it.';
  if (rules.length === 0) return 'Tick what may pass next time.';
  return rules.length > MOST_RULES ? `At most ${MOST_RULES} can be added at once.` : null;
};

interface AttemptsProps {
  readonly run: Run;
  readonly facts: NetworkFacts;
  readonly ruleFields: RuleFields;
}

const Attempts = ({ run, facts, ruleFields }: AttemptsProps): ReactElement => {
  const [shown, setShown] = useState<'all' | 'refused'>('all');
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [asking, setAsking] = useState(false);
  const { entries } = facts;
  const refused = entries.filter((entry) => entry.refused !== null);
  const offered = new Map(entries.flatMap(({ wouldNeed }) => (wouldNeed ? [[keyOfRule(wouldNeed), wouldNeed] as const] : [])));
  const rules = [...offered].flatMap(([key, rule]) => (ticked.has(key) ? [rule] : []));
  const obstacle = obstacleTo(run, rules);
  const ask = (): void => {
    if (obstacle === null) setAsking(true);
  };
  useActions(offered.size === 0 ? [] : [{ title: 'Allow and run again', section: 'Network', keys: 'a', also: 'permit host refused again', run: ask }]);
  if (entries.length === 0) {
    return <p className="network-none muted">{hasEnded(run.state) ? 'It asked for nothing.' : 'It has asked for nothing yet. Each attempt appears here as it is made.'}</p>;
  }
  const list = refusedFirst(shown === 'all' ? entries : refused);
  return (
    <>
      <div className="row wrap">
        <h2 className="grow">
          <span role="status">
            {count(attempts(entries), 'attempt')}, {attempts(refused).toLocaleString('en')} refused
          </span>
        </h2>
        <Segments
          label="Attempts shown"
          value={shown}
          options={[
            { value: 'all', title: 'All' },
            { value: 'refused', title: 'Refused' },
          ]}
          onChange={setShown}
        />
        {offered.size > 0 && (
          <Button look="primary" disabled={obstacle !== null} aria-describedby="allow-obstacle" onClick={ask}>
            Allow and run again <Keys presses={[['A']]} />
          </Button>
        )}
      </div>
      {offered.size > 0 && (
        <p id="allow-obstacle" className="hint">
          {obstacle ?? `${count(rules.length, 'rule')} will be shown before anything is allowed.`}
        </p>
      )}
      {list.length === 0 ? (
        <p className="network-none muted">Nothing was refused.</p>
      ) : (
        <AttemptList
          entries={list}
          ticked={ticked}
          onTick={(key, on) => setTicked((before) => new Set(on ? [...before, key] : [...before].filter((each) => each !== key)))}
        />
      )}
      {asking && <AllowDialog run={run} rules={rules} ruleFields={ruleFields} onClose={() => setAsking(false)} />}
    </>
  );
};

const Network = ({ run, ruleFields }: { readonly run: Run; readonly ruleFields: RuleFields }): ReactElement => {
  const { facts, fault, reload } = useNetwork(run);
  const receipt = receiptOf(run);
  const next = nextStepOf(run);
  return (
    <div className="network">
      {fault && (
        <div className="row wrap">
          <FaultText fault={fault} />
          <Button onClick={reload}>Try again</Button>
        </div>
      )}
      {!facts && !fault && <Skeleton lines={4} label="Reading what it asked for" />}
      {facts && <Policy policy={facts.policy} />}
      {facts?.policy.mode === 'allowlist' && <Attempts run={run} facts={facts} ruleFields={ruleFields} />}
      {facts?.policy.mode === 'full' && <p className="muted">With full internet nothing passes Drydock’s proxy, so there is no list of what was asked.</p>}
      {receipt && (
        <section className="network-receipt" aria-label="Sealing">
          <SealReceipt receipt={receipt} next={next} />
        </section>
      )}
    </div>
  );
};

/** What a run may reach, what it asked for, and what was taken from it before its work. */
export const NetworkTab = ({ run, ruleFields }: { readonly run: Run | undefined; readonly ruleFields: RuleFields }): ReactElement =>
  run ? <Network key={run.id} run={run} ruleFields={ruleFields} /> : <Empty title="Not launched yet">What a run asks of the network appears here.</Empty>;
