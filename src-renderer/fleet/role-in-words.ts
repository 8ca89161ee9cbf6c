import type { MeasuredContainer } from '../../src-main/contract/live.ts';
import { visibleText } from '../../src-main/domain/visible-text.ts';

const WORDS: Readonly<Record<string, string>> = {
  setup: 'Setting up',
  work: 'Working',
  'collect-list': 'Collecting: listing the files',
  'collect-write': 'Collecting: writing the result',
};

/** A container's part in its run, as a person would say it. Checks are counted from one. */
export const roleInWords = (role: string): string => {
  const check = /^check-(\d+)-(base|result|selection)/.exec(role);
  if (!check) return WORDS[role] ?? visibleText(role);
  const [, number, side] = check;
  return `Check ${Number(number) + 1} on the ${side}`;
};

/** What a container may reach, from the name of its network. */
export const internetOf = ({ network }: Pick<MeasuredContainer, 'network'>): 'off' | 'allowlist' | 'full' => (network === 'none' ? 'off' : network === 'bridge' ? 'full' : 'allowlist');
