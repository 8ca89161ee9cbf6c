import type { NetworkRule } from '../../contract/network.ts';
import { broadUnder, isSharedByAll } from './broad-names.ts';
import { ruleHost } from './rule-host.ts';

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/** What a person should know before a rule is saved; null: nothing. The rule is in its canonical form. */
export const warningFor = (rule: NetworkRule): string | null => {
  const host = ruleHost(rule.host);
  if (host === null) return null;
  // Below one path of a shared name lies one tenant, as far as anybody can tell.
  if (host.kind === 'exact') {
    if (!isSharedByAll(host.name) || rule.path !== '') return null;
    const reading = rule.methods.length > 0 && rule.methods.every((method) => READING.has(method));
    return reading
      ? `What strangers put on ${host.name} can be read, and names and queries of requests can be seen by them. A path would narrow it.`
      : `${host.name} is shared by everybody who has an account there: a run can send to any of them. A path or reading alone would narrow it.`;
  }
  const broad = broadUnder(host.suffix);
  return broad === null ? null : `Anybody can have a name under ${broad}: a run can send to any of them. The exact name would be narrower.`;
};
