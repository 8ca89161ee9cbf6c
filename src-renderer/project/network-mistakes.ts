import { injectedHeader, type InjectedHeader, type NetworkPolicy, type NetworkRule } from '../../src-main/contract/network.ts';
import type { Environment } from '../../src-main/contract/project.ts';
import { parseRule } from '../../src-main/domain/network/parse-rule.ts';

export interface HeaderMistake {
  readonly field: 'host' | 'header';
  readonly message: string;
}

/** What keeps an added header from being saved; null: nothing. A header is for one exact host. */
export const headerMistake = (header: InjectedHeader): HeaderMistake | null => {
  const parsed = parseRule({ host: header.host, port: null, methods: [], path: '', allowPrivate: false });
  if (parsed.kind === 'refused') return { field: 'host', message: parsed.message };
  if (parsed.rule.host.startsWith('*.')) return { field: 'host', message: 'A credential goes to one exact host. Write its whole name.' };
  if (!injectedHeader.shape.header.safeParse(header.header).success) return { field: 'header', message: 'A header’s name has letters, digits and dashes, as in Authorization.' };
  return null;
};

const canonicalRule = (rule: NetworkRule): NetworkRule => {
  const parsed = parseRule(rule);
  return parsed.kind === 'rule' ? parsed.rule : rule;
};

/** The network of an environment as it is saved: hosts and paths in their canonical form, as far as they have one. */
export const canonicalNetwork = ({ network, inject }: Pick<Environment, 'network' | 'inject'>): { network: NetworkPolicy; inject: InjectedHeader[] } => ({
  network: { ...network, rules: network.rules.map(canonicalRule) },
  inject: inject.map((header) => (headerMistake(header) === null ? { ...header, host: canonicalRule({ host: header.host, port: null, methods: [], path: '', allowPrivate: false }).host } : header)),
});

/** How many rows of the network cannot be saved; each says itself why. */
export const wrongNetworkRows = ({ network, inject }: Pick<Environment, 'network' | 'inject'>): number =>
  network.rules.filter((rule) => parseRule(rule).kind === 'refused').length + inject.filter((header) => headerMistake(header) !== null).length;
