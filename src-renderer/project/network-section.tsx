import type { ReactElement } from 'react';
import type { Internet, NetworkBudget, NetworkPolicy } from '../../src-main/contract/network.ts';
import { Button } from '../ui/button.tsx';
import { Checkbox } from '../ui/checkbox.tsx';
import { NumberField } from '../ui/field.tsx';
import { FunnelIcon, GlobeIcon, LockIcon, PlusIcon } from '../ui/icons.tsx';
import { Segments } from '../ui/segments.tsx';
import { RuleRow } from './rule-row.tsx';

const MIB = 2 ** 20;
type NetworkPreset = NetworkPolicy['presets'][number];

const mode = (Icon: typeof LockIcon, title: string, tone = ''): ReactElement => (
  <>
    <span className={`mode-icon ${tone}`}>
      <Icon size={12} />
    </span>
    {title}
  </>
);
const MODES: readonly { value: Internet; title: ReactElement; name: string }[] = [
  { value: 'off', title: mode(LockIcon, 'Off'), name: 'Off' },
  { value: 'allowlist', title: mode(FunnelIcon, 'Allow-list'), name: 'Allow-list' },
  { value: 'full', title: mode(GlobeIcon, 'Full', 'tone-red'), name: 'Full' },
];
const MEANS: Readonly<Record<Internet, ReactElement>> = {
  off: <>Nothing is reached from the work. The brief can say otherwise.</>,
  allowlist: <>Only the hosts below are reached, through Drydock’s own proxy. The brief can say otherwise.</>,
  full: <span className="tone-red">Everything on the internet is reached: what the work reads, it can send to anybody.</span>,
};
const PRESETS: readonly { preset: NetworkPreset; title: string; hint: string }[] = [
  { preset: 'registries', title: 'Package registries of the image', hint: 'Reading only: exactly the hosts that the image’s own tools are set to (npm, pip, cargo, apt …).' },
  { preset: 'sources', title: 'Source hosts', hint: 'Reading only: where this repository’s remotes and submodules are, for fetching.' },
];

interface NetworkSectionProps {
  readonly network: NetworkPolicy;
  /** What keeps it from being saved, where no row says it. */
  readonly mistake: string | undefined;
  readonly onChange: (network: NetworkPolicy) => void;
}

/** How far the work phase reaches, and where to. */
export const NetworkSection = ({ network, mistake, onChange }: NetworkSectionProps): ReactElement => {
  const set = (change: Partial<NetworkPolicy>): void => onChange({ ...network, ...change });
  const budget = (change: Partial<NetworkBudget>): void => set({ budget: { ...network.budget, ...change } });
  const tick = (preset: NetworkPreset, on: boolean): void => set({ presets: PRESETS.map((each) => each.preset).filter((each) => (each === preset ? on : network.presets.includes(each))) });
  return (
    <section className="environment-section" aria-label="Network of the work">
      <h2>Network of the work</h2>
      <div className="field network-mode">
        <span className="label">A new brief begins with</span>
        <Segments label="A new brief begins with" value={network.mode} options={MODES} onChange={(next) => set({ mode: next })} />
        <span className="hint" role="status">{MEANS[network.mode]}</span>
      </div>
      <div className="stack" role="group" aria-label="Allow-list">
        <span className="label">Allow-list{network.mode !== 'allowlist' && <span className="hint"> · for briefs that choose it</span>}</span>
        {PRESETS.map(({ preset, title, hint }) => (
          <Checkbox key={preset} hint={hint} checked={network.presets.includes(preset)} onChange={(on) => tick(preset, on)}>
            {title}
          </Checkbox>
        ))}
        {network.rules.map((rule, at) => (
          <RuleRow
            // Rows have no other name than their place: what is typed in one must not move it.
            key={at}
            number={at + 1}
            rule={rule}
            onChange={(next) => set({ rules: network.rules.map((each, place) => (place === at ? next : each)) })}
            onRemove={() => set({ rules: network.rules.filter((_, place) => place !== at) })}
          />
        ))}
        {mistake !== undefined && <span className="error">{mistake}</span>}
        <div>
          <Button onClick={() => set({ rules: [...network.rules, { host: '', port: null, methods: [], path: '', allowPrivate: false }] })}>
            <PlusIcon /> Host
          </Button>
        </div>
      </div>
      <details className="environment-fold">
        <summary>Budget of one run</summary>
        <div className="environment-limits">
          <NumberField label="Sent, MiB" min={0.001} max={1_048_576} step="any" value={network.budget.sentBytes / MIB} hint="16 by default" onChange={(value) => budget({ sentBytes: Math.max(1_024, Math.round(value * MIB)) })} />
          <NumberField label="Received, MiB" min={0.001} max={1_048_576} step="any" value={network.budget.receivedBytes / MIB} hint="2,048 by default" onChange={(value) => budget({ receivedBytes: Math.max(1_024, Math.round(value * MIB)) })} />
          <NumberField label="Connections at once" min={1} max={64} value={network.budget.connections} hint="50 by default" onChange={(connections) => budget({ connections: Math.round(connections) })} />
          <NumberField label="New ones a minute" min={1} max={60_000} value={network.budget.connectionsPerMinute} hint="1,200 by default" onChange={(value) => budget({ connectionsPerMinute: Math.round(value) })} />
        </div>
      </details>
    </section>
  );
};
