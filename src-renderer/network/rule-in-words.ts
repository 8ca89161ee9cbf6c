import type { NetworkRule } from '../../src-main/contract/network.ts';
import { visibleText } from '../../src-main/domain/visible-text.ts';

/** Host, port and path of a rule, as one name. */
export const placeOfRule = ({ host, port, path }: NetworkRule): string => visibleText(`${host}${port === null ? '' : `:${port}`}${path}`);

/** What a rule lets pass there. */
export const reachOfRule = ({ methods, path, allowPrivate }: NetworkRule): string =>
  [methods.length === 0 ? 'any method' : methods.join(', '), path === '' ? 'any path' : 'below this path', ...(allowPrivate ? ['may be in a private network'] : [])].join(' · ');

/** What was seen of what a rule would have let pass. */
export const seenOfRule = ({ methods, path, allowPrivate }: NetworkRule): string => {
  const asked = methods.length === 0 ? 'It was refused by its name, before what it asks could be seen.' : visibleText(`It asked: ${methods.join(', ')}${path === '' ? '' : ` ${path}`}.`);
  return allowPrivate ? `${asked} The name leads into a private network.` : asked;
};

/** Two rules with the same key are the same rule. */
export const keyOfRule = (rule: NetworkRule): string => JSON.stringify([rule.host, rule.port, [...rule.methods].sort(), rule.path, rule.allowPrivate]);
