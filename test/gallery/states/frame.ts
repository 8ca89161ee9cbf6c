import type { Page } from 'playwright';
import { cannedBrief, cannedFleet } from '../../renderer/support/canned.ts';
import { createFakeService } from '../../renderer/support/fake-service.ts';
import type { GalleryState } from '../state.ts';

const palette = async (page: Page, typed = ''): Promise<void> => {
  await page.locator('h1').first().waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog', { name: 'Command palette' }).waitFor();
  if (typed !== '') await page.keyboard.type(typed);
};

const hostile = () => {
  const fleet = cannedFleet();
  fleet.briefs.push(cannedBrief(300, 'api', { goal: `Parser ${'x'.repeat(500)}` }), cannedBrief(301, 'api', { goal: 'Parser مرحبا 🚢 \u202egnp.exe <b>not bold</b>\u001b[31m' }));
  return createFakeService(fleet);
};

export const frameStates: readonly GalleryState[] = [
  { name: 'frame-palette', title: 'The command palette as it opens', hash: '#/fleet', service: () => createFakeService(), ready: (page) => palette(page) },
  {
    name: 'frame-palette-recent',
    title: 'With what was run last above all',
    hash: '#/fleet',
    service: () => createFakeService(),
    ready: async (page) => {
      for (const typed of ['review queue', 'go to the history']) {
        await palette(page, typed);
        await page.keyboard.press('Enter');
        await page.getByRole('dialog').waitFor({ state: 'detached' });
      }
      await page.getByRole('grid', { name: 'Runs' }).waitFor();
      await palette(page);
      await page.getByText('Recent').waitFor();
    },
  },
  { name: 'frame-palette-briefs', title: 'Briefs with odd titles', hash: '#/fleet', service: hostile, ready: (page) => palette(page, 'parser').then(() => page.getByText('#301').waitFor()) },
  { name: 'frame-palette-nothing', title: 'Nothing is called that', hash: '#/fleet', service: () => createFakeService(), ready: (page) => palette(page, 'teleport').then(() => page.getByText('Nothing is called that').waitFor()) },
  {
    name: 'frame-keys',
    title: 'The keys of the place one is at',
    hash: '#/history',
    service: () => createFakeService(),
    ready: async (page) => {
      await page.locator('h1').waitFor();
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
    },
  },
  {
    name: 'frame-disk-low',
    title: 'Little disk is left: the status says so',
    hash: '#/fleet',
    service: () => {
      const service = createFakeService();
      if (service.machine.measurement) service.machine.measurement.disk = { freeBytes: 3 * 2 ** 30, totalBytes: 500 * 2 ** 30 };
      return service;
    },
    ready: (page) => page.getByText('Disk low').waitFor(),
  },
  {
    name: 'frame-skip-link',
    title: 'The first stop of the Tab key',
    hash: '#/settings/about',
    service: () => createFakeService(),
    ready: async (page) => {
      await page.locator('h1').waitFor();
      await page.keyboard.press('Tab');
      await page.getByRole('link', { name: 'Skip to content' }).waitFor();
    },
  },
];
