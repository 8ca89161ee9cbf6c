import { DEFAULT_BUDGET, type FrozenNetwork, type InjectedHeader, type NetworkBudget, type NetworkRule } from '../../src-main/contract/network.ts';

/** A rule for a host, everything else as when nothing is said. */
export const rule = (host: string, more: Partial<NetworkRule> = {}): NetworkRule => ({ host, port: null, methods: [], path: '', allowPrivate: false, ...more });

/** The allow-list of a run. */
export const allowlist = (rules: readonly (string | NetworkRule)[], more: { inject?: InjectedHeader[]; budget?: Partial<NetworkBudget> } = {}): FrozenNetwork => ({
  mode: 'allowlist',
  presets: [],
  rules: rules.map((one) => (typeof one === 'string' ? rule(one) : one)),
  budget: { ...DEFAULT_BUDGET, ...more.budget },
  inject: more.inject ?? [],
});
