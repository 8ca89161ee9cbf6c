import { briefIdOf } from '../../renderer/support/canned.ts';
import { cannedReceipt, FAILED, networkService, secretFound } from '../../renderer/support/canned-network.ts';
import type { GalleryState } from '../state.ts';

const NETWORK = `#/brief/${briefIdOf(12)}/network`;

export const networkStates: readonly GalleryState[] = [
  { name: 'network-busy', title: 'An allow-list while it works', hash: NETWORK, service: () => networkService({ receipt: cannedReceipt() }), ready: (page) => page.getByText('6 refused').waitFor() },
  {
    name: 'network-ticked',
    title: 'Refused, with ticks',
    hash: NETWORK,
    service: () => networkService({ state: FAILED }),
    ready: async (page) => {
      await page.getByRole('checkbox', { name: /Allow gist/ }).press('Space');
      await page.getByText('1 rule will be shown').waitFor();
    },
  },
  {
    name: 'network-dialog',
    title: 'What would be allowed',
    hash: NETWORK,
    service: () => networkService({ state: FAILED }),
    ready: async (page) => {
      await page.getByRole('checkbox', { name: /Allow gist/ }).press('Space');
      await page.keyboard.press('a');
      await page.getByRole('dialog').waitFor();
    },
  },
  { name: 'network-full', title: 'Full internet', hash: NETWORK, service: () => networkService({ mode: 'full' }), ready: (page) => page.getByText('Everything may leave').waitFor() },
  { name: 'network-receipt', title: 'A receipt on the timeline', hash: `#/brief/${briefIdOf(12)}/activity`, service: () => networkService({ mode: 'off', receipt: cannedReceipt() }), ready: (page) => page.getByText('Sealed:').click() },
  { name: 'network-found', title: 'A secret was found', hash: NETWORK, service: () => networkService({ mode: 'off', state: secretFound() }), ready: (page) => page.getByText('config.json').waitFor() },
];
