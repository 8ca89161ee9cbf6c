import type { FrozenNetwork, NetworkRule } from '../../contract/network.ts';
import { hasName } from './rule-host.ts';

/** What is spoken to a host: TLS from the first byte, or plain HTTP. */
export type Speech = 'tls' | 'http';

/** Where somebody wants to go. The name is in its canonical form. */
export interface Place {
  readonly host: string;
  readonly port: number;
  readonly speech: Speech;
  /** The name has led to an address of a private network: only rules that allow it count. */
  readonly isPrivate?: boolean;
}

export const USUAL_PORT: Readonly<Record<Speech, number>> = { tls: 443, http: 80 };

/** The rules that are about a place, whatever they allow there. None unless the run has an allow-list. */
export const rulesFor = ({ mode, rules }: Pick<FrozenNetwork, 'mode' | 'rules'>, { host, port, speech, isPrivate }: Place): NetworkRule[] => {
  if (mode !== 'allowlist') return [];
  return rules.filter((rule) => (rule.port ?? USUAL_PORT[speech]) === port && (isPrivate !== true || rule.allowPrivate) && hasName(rule.host, host));
};

/** A rule that would have let a place pass, for a person to add. */
export const ruleOf = ({ host, port, speech }: Place, narrowed: Partial<NetworkRule> = {}): NetworkRule => ({
  host,
  port: port === USUAL_PORT[speech] ? null : port,
  methods: [],
  path: '',
  allowPrivate: false,
  ...narrowed,
});
