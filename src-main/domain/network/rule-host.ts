import { canonicalHost } from './canonical-host.ts';

/** What names a rule is about. `below` has every name under the suffix, at any depth, and not the suffix itself. */
export type RuleHost = { readonly kind: 'exact'; readonly name: string } | { readonly kind: 'below'; readonly suffix: string };

/** Reads the host of a rule in its canonical form; null: it is none. */
export const ruleHost = (host: string): RuleHost | null => {
  const below = host.startsWith('*.');
  const canonical = canonicalHost(below ? host.slice(2) : host);
  if (canonical.kind === 'refused') return null;
  return below ? { kind: 'below', suffix: canonical.name } : { kind: 'exact', name: canonical.name };
};

/** Whether a rule's host has a name, which is in its canonical form. */
export const hasName = (host: string, name: string): boolean => {
  const rule = ruleHost(host);
  if (rule === null) return false;
  return rule.kind === 'exact' ? rule.name === name : name.endsWith(`.${rule.suffix}`);
};
