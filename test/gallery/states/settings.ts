import type { Page } from 'playwright';
import { cannedFleet } from '../../renderer/support/canned.ts';
import { createFakeService } from '../../renderer/support/fake-service.ts';
import type { GalleryState } from '../state.ts';

const search = (text: string) => (page: Page) => page.getByRole('searchbox', { name: 'Search the settings' }).fill(text);
const section = (id: string, title: string, text: string): GalleryState => ({
  name: `settings-${id}`,
  title,
  hash: `#/settings/${id}`,
  service: () => createFakeService(),
  ready: (page) => page.getByText(text).first().waitFor(),
});

export const settingsStates: readonly GalleryState[] = [
  section('appearance', 'Themes, each shown in small', 'High contrast'),
  section('runs', 'Slots and the time budget', 'This is over 30 minutes: watch the scope.'),
  section('disk', 'Budget, logs and free space', 'Disk for snapshots'),
  section('notifications', 'What the desktop tells', 'A result is ready'),
  section('quitting', 'What quitting does', 'Leave them running'),
  section('data', 'Where the data is; what the machine has', '/home/ada/.local/share/drydock'),
  section('keyboard', 'Every key', 'Open the command palette'),
  section('about', 'Licence; what leaves the machine', 'There is no account'),
  { name: 'settings-search', title: 'Found by a synonym', hash: '#/settings', service: () => createFakeService(), ready: search('concurrency') },
  { name: 'settings-no-match', title: 'Nothing is called that', hash: '#/settings', service: () => createFakeService(), ready: search('teleport') },
  {
    name: 'settings-engine-down',
    title: 'The report names what is missing and the next step',
    hash: '#/settings/data',
    service: () => createFakeService({ ...cannedFleet(), engine: { state: 'down', since: Date.now() - 400_000, fault: { code: 'engineUnavailable', message: 'Nothing answers at the socket of Docker.', next: 'Start Docker, then look again.' } } }),
    ready: (page) => page.getByText('Missing').waitFor(),
  },
  {
    name: 'settings-service-away',
    title: 'A change waits for the service',
    hash: '#/settings/quitting',
    service: () => createFakeService(),
    ready: async (page, _service, server) => {
      await page.getByRole('radio', { name: /^Stop them/ }).waitFor({ state: 'attached' });
      server.cut(true);
      await page.getByText('Reconnecting…').waitFor();
      await page.getByRole('radio', { name: /^Stop them/ }).click({ force: true });
      await page.getByText('Not saved yet').waitFor();
    },
  },
  {
    name: 'settings-service-away-data',
    title: 'What was last known of the service and the machine',
    hash: '#/settings/data',
    service: () => createFakeService(),
    ready: async (page, _service, server) => {
      await page.getByText('/home/ada/.local/share/drydock', { exact: true }).waitFor();
      await page.getByRole('button', { name: 'Look again' }).waitFor();
      server.cut(true);
      await page.getByText('until it stopped answering').waitFor();
    },
  },
];
