import type { MeasuredContainer } from '../../src-main/contract/live.ts';
import { visibleText } from '../../src-main/domain/visible-text.ts';

const WORDS: Readonly<Record<string, string>> = {
  setup: 'Setting up',
  work: 'Working',
  relay: 'Holds the network of a run',
  'warm-work': 'Made ahead, waits for a run',
  'warm-relay': 'Holds a network that waits for a run',
  scan: 'Searching for secrets before sealing',
  registries: "Asking for the image's registries",
  'collect-list': 'Collecting: listing the files',
  'collect-write': 'Collecting: writing the result',
};

/** A container's part in its run, as a person would say it. Checks are counted from one. */
export const roleInWords = (role: string): string => {
  const [, service] = /-service-(.+)$/.exec(role) ?? [];
  if (service !== undefined) return `Service ${visibleText(service)}`;
  if (role.endsWith('-holder')) return WORDS['relay'] ?? '';
  const check = /^check-(\d+)-(base|result|selection)/.exec(role);
  if (!check) return WORDS[role] ?? visibleText(role);
  const [, number, side] = check;
  return `Check ${Number(number) + 1} on the ${side}`;
};

/** Whether a container is of setup, or stands beside it: they are meant to have the internet. */
export const isOfSetup = (role: string): boolean => role === 'setup' || role.startsWith('setup-');

/** What a container may reach, from the name of its network. */
export const internetOf = ({ network }: Pick<MeasuredContainer, 'network'>): 'off' | 'allowlist' | 'full' => (network === 'none' ? 'off' : network === 'bridge' ? 'full' : 'allowlist');
