import type { FrozenNetwork, NetworkRefusal, NetworkRule } from '../../contract/network.ts';
import { canonicalHost } from './canonical-host.ts';
import { ruleOf, rulesFor, type Place } from './rules-for.ts';

/** Refused: for the run and for the person, with the rule that would let it pass; null: none can. */
export interface NetworkDenial {
  readonly kind: 'refused';
  readonly refusal: NetworkRefusal;
  readonly wouldNeed: NetworkRule | null;
  readonly message: string;
}

export type ConnectionDecision =
  | {
      readonly kind: 'allowed';
      readonly place: Place;
      /** Its TLS must be looked into: no rule allows everything there, or a header is added. */
      readonly terminate: boolean;
      readonly rules: readonly NetworkRule[];
    }
  | NetworkDenial;

const isOpen = (rule: NetworkRule): boolean => rule.methods.length === 0 && rule.path === '';

/** Whether anything of a run's policy needs to look into TLS, and so a certificate that programs inside must trust. */
export const looksInside = ({ mode, rules, inject }: Pick<FrozenNetwork, 'mode' | 'rules' | 'inject'>): boolean =>
  mode === 'allowlist' && (inject.length > 0 || rules.some((rule) => !isOpen(rule)));

/** The header that is added for exactly this name, over TLS alone: a credential is not sent where everybody on the way can read it. */
export const injectedFor = ({ inject }: Pick<FrozenNetwork, 'inject'>, { host, speech }: Place): FrozenNetwork['inject'] =>
  speech === 'tls' ? inject.filter((header) => { const canonical = canonicalHost(header.host); return canonical.kind === 'name' && canonical.name === host; }) : [];

/**
 * Whether a run may connect to a host, named as the run named it. To be asked before the name is looked up, and once more with
 * `isPrivate` when it has led into a private network.
 */
export const decideConnection = (network: FrozenNetwork, asked: Place): ConnectionDecision => {
  const canonical = canonicalHost(asked.host);
  if (canonical.kind === 'refused') return { kind: 'refused', refusal: 'notAName', wouldNeed: null, message: canonical.message };
  const place: Place = { ...asked, host: canonical.name };
  if (!Number.isInteger(place.port) || place.port < 1 || place.port > 65_535) return { kind: 'refused', refusal: 'badRequest', wouldNeed: null, message: 'this is no port' };
  const rules = rulesFor(network, place);
  if (rules.length > 0) return { kind: 'allowed', place, rules, terminate: place.speech === 'tls' && (!rules.some(isOpen) || injectedFor(network, place).length > 0) };
  if (place.isPrivate === true && rulesFor(network, { ...place, isPrivate: false }).length > 0) return privateDenial(place);
  return { kind: 'refused', refusal: 'notAllowed', wouldNeed: ruleOf(place), message: `${place.host}:${place.port} is not on this run's list` };
};

const privateDenial = (place: Place): NetworkDenial => ({
  kind: 'refused',
  refusal: 'privateAddress',
  wouldNeed: ruleOf(place, { allowPrivate: true }),
  message: `${place.host} leads to an address of a private network`,
});
