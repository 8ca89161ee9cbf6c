import type { ReactElement } from 'react';
import type { FrozenNetwork, Internet } from '../../src-main/contract/network.ts';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { bytes, count } from '../ui/format.ts';
import { InternetSign } from '../ui/internet-sign.tsx';
import { keyOfRule, placeOfRule, reachOfRule } from './rule-in-words.ts';

const MAY_LEAVE: Readonly<Record<Internet, string>> = {
  off: 'Nothing leaves: the work has no network at all.',
  allowlist: 'Only these hosts, by name, through Drydock’s own proxy. Everything else is refused and listed below.',
  full: 'Everything may leave, unseen and unlimited: what the work reads, it can send to anybody.',
};
const PRESET: Readonly<Record<FrozenNetwork['presets'][number], string>> = { registries: 'Package registries of the image', sources: 'Source hosts' };

/** What a run may reach, as it was fixed at its launch. */
export const Policy = ({ policy }: { readonly policy: FrozenNetwork }): ReactElement => {
  const { mode, rules, presets, budget, inject } = policy;
  return (
    <section className="network-policy" aria-label="What may leave">
      <p className={mode === 'full' ? 'tone-red' : ''}>
        <InternetSign internet={mode} /> <span>{MAY_LEAVE[mode]}</span>
      </p>
      {mode === 'allowlist' && (
        <>
          <ul className="network-rules" aria-label="Allowed hosts" tabIndex={0}>
            {rules.map((rule) => (
              <li key={keyOfRule(rule)}>
                <span className="mono literal">{placeOfRule(rule)}</span> <span className="muted">{reachOfRule(rule)}</span>
              </li>
            ))}
            {presets.map((preset) => (
              <li key={preset}>
                {PRESET[preset]} <span className="muted">written out before the first container is made</span>
              </li>
            ))}
            {rules.length + presets.length === 0 && <li className="muted">No host is on the list: everything is refused.</li>}
          </ul>
          {inject.length > 0 && <p className="muted">The proxy adds {inject.map(({ header, host }) => visibleText(`${header} for ${host}`)).join(', ')}.</p>}
          <p className="muted">
            At most {bytes(budget.sentBytes)} sent, {bytes(budget.receivedBytes)} received, {count(budget.connections, 'connection')} at once. Fixed at launch: later edits do not reach this run.
          </p>
        </>
      )}
    </section>
  );
};
