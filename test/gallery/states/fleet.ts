import { cannedBrief, cannedFleet, cannedRun } from '../../renderer/support/canned.ts';
import { createFakeService, type FakeService } from '../../renderer/support/fake-service.ts';
import type { GalleryState } from '../state.ts';

const withMachine = (change: (service: FakeService) => void, state = cannedFleet()) => (): FakeService => {
  const service = createFakeService(state);
  change(service);
  return service;
};

const GIB = 2 ** 30;

/** Titles that want to break the table, and more of them than fit. */
const crowded = (): FakeService => {
  const fleet = cannedFleet();
  const service = createFakeService(fleet);
  const odd = ['مرحبا بالعالم: إصلاح المحلل', '🚢🔧 '.repeat(40), 'x'.repeat(500), 'two\u001b[31mred\u202egnp.exe', '<b>not bold</b>'];
  for (let at = 0; at < 24; at += 1) {
    const brief = cannedBrief(100 + at, at % 2 === 0 ? 'api' : 'sample', { goal: odd[at % odd.length] ?? '' });
    const run = cannedRun(brief, { name: 'working', container: `c${at}` });
    fleet.briefs.push(brief);
    fleet.runs.push(run);
    const [first] = service.machine.measurement?.containers ?? [];
    if (first) service.machine.measurement?.containers.push({ ...first, id: `x${at}`, runId: run.id, role: ['work', 'collect-list', 'check-1-base', 'check-0-selection-abcdef'][at % 4] ?? '', cpus: at / 12, memoryBytes: (at / 6) * GIB, network: at % 6 === 0 ? 'bridge' : 'none' });
  }
  return service;
};

export const fleetStates: readonly GalleryState[] = [
  { name: 'fleet-busy', title: 'Containers, waiting runs, snapshots', hash: '#/fleet', service: () => createFakeService(), ready: (page) => page.getByText('1.4 of 2').waitFor() },
  {
    name: 'fleet-loading',
    title: 'Before the first reading',
    hash: '#/fleet',
    service: withMachine((service) => service.machine.measure(null)),
    ready: (page) => page.getByRole('status', { name: 'Reading the containers' }).waitFor(),
  },
  {
    name: 'fleet-empty',
    title: 'Nothing runs, no snapshot yet, little disk left',
    hash: '#/fleet',
    service: withMachine(
      ({ machine }) => {
        machine.snapshots = [];
        machine.measurement = { at: 0, containers: [], machine: { cpus: 8, memoryBytes: 16 * GIB }, disk: { freeBytes: 4 * GIB, totalBytes: 500 * GIB } };
      },
      { ...cannedFleet(), runs: [], waiting: {}, slots: { used: 0, total: 6 } },
    ),
    ready: (page) => page.getByText('Nothing runs and nothing waits.').waitFor(),
  },
  {
    name: 'fleet-engine-down',
    title: 'No engine: no numbers, and why',
    hash: '#/fleet',
    service: () => createFakeService({ ...cannedFleet(), slots: { used: 0, total: 1 }, engine: { state: 'down', since: Date.now() - 400_000, fault: { code: 'engineUnavailable', message: 'Nothing answers at the socket of Docker.', next: 'Start Docker, then look again.' } } }),
    ready: (page) => page.getByText('Containers cannot be seen').waitFor(),
  },
  { name: 'fleet-hostile', title: 'Many containers, odd titles', hash: '#/fleet', service: crowded, ready: (page) => page.getByText('<b>not bold</b>').first().waitFor() },
  {
    name: 'fleet-confirm',
    title: 'Before a snapshot is removed',
    hash: '#/fleet',
    service: () => createFakeService(),
    ready: (page) => page.getByRole('button', { name: 'Remove the snapshot of sample' }).click(),
  },
];
