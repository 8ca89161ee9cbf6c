import { engineWarnings } from '../../../src-main/domain/engine/engine-warnings.ts';
import { cannedBrief, cannedFleet, cannedRun } from '../../renderer/support/canned.ts';
import { createFakeService, type FakeService } from '../../renderer/support/fake-service.ts';
import type { GalleryState } from '../state.ts';

/** A new fleet each time: two pictures of one state are taken side by side, each in its own theme. */
const withMachine = (change: (service: FakeService) => void, fleet = cannedFleet) => (): FakeService => {
  const service = createFakeService(fleet());
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
        machine.measurement = { at: Date.now(), containers: [], machine: { cpus: 8, memoryBytes: 16 * GIB }, disk: { freeBytes: 4 * GIB, totalBytes: 500 * GIB } };
        machine.disk = { ...machine.disk, spaces: machine.disk.spaces.map((space) => ({ ...space, freeBytes: 4 * GIB })), holds: { ...machine.disk.holds, snapshots: { count: 0, bytes: 0 } }, summary: '', freesBytes: 0, steps: [] };
      },
      () => ({ ...cannedFleet(), runs: [], waiting: {}, slots: { used: 0, total: 6 } }),
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
  {
    name: 'fleet-free-confirm',
    title: 'Before what the plan names is removed',
    hash: '#/fleet',
    service: () => createFakeService(),
    ready: (page) => page.getByRole('button', { name: /^Free .*…$/ }).click(),
  },
  {
    name: 'fleet-over-budget',
    title: 'Snapshots over their budget, held by results that wait',
    hash: '#/fleet',
    service: withMachine(({ machine }) => {
      machine.disk = { ...machine.disk, holds: { ...machine.disk.holds, snapshots: { count: 3, bytes: 26.2 * GIB } }, overBudgetBytes: 6.2 * GIB, summary: '', freesBytes: 0, steps: [] };
    }),
    ready: (page) => page.getByText('over their budget').waitFor(),
  },
  {
    name: 'fleet-low-disk',
    title: 'Little space: the queue waits, and what would help is named',
    hash: '#/fleet',
    service: withMachine(
      ({ machine }) => {
        const [data] = machine.disk.spaces;
        if (data === undefined || machine.measurement === null) return;
        machine.measurement.disk = { freeBytes: 3.1 * GIB, totalBytes: 500 * GIB };
        machine.disk = { ...machine.disk, spaces: [{ ...data, freeBytes: 3.1 * GIB }, { ...data, holds: 'engine', path: '/var/lib/docker', freeBytes: 61 * GIB }] };
      },
      () => ({
        ...cannedFleet(),
        pauses: [{ projectId: null, since: Date.now() - 400_000, fault: { code: 'diskFull', message: "Less than 5.0 GiB is free at /home/ada/.local/share/drydock, the disk of Drydock's data: the queue waits.", next: 'Fleet, or `drydock disk free`, can free 812 MiB or more: 2 snapshots not used for 41 days, 1 image of an older Dockerfile, 3 logs of landed runs. The queue goes on by itself.' } }],
      }),
    ),
    ready: (page) => page.getByText('Too little').waitFor(),
  },
  {
    name: 'fleet-known-weaknesses',
    title: 'An engine with known weaknesses, not read yet',
    hash: '#/fleet',
    service: () => {
      const fleet = cannedFleet();
      return createFakeService({ ...fleet, engine: { state: 'up', source: 'Docker', version: '20.10.24+dfsg1', cpus: 8, memoryBytes: 16 * GIB, architecture: 'amd64', warnings: engineWarnings({ engine: '20.10.24+dfsg1', containerd: '1.6.20~ds1', runc: '1.1.5+ds1' }) } });
    },
    ready: (page) => page.getByText('5 known weaknesses').waitFor(),
  },
  {
    name: 'fleet-service-away',
    title: 'The service does not answer: what was last heard, and said so',
    hash: '#/fleet',
    service: () => createFakeService(),
    ready: async (page, _service, server) => {
      await page.getByText('1.4 of 2').waitFor();
      await page.getByText('3 snapshots').waitFor();
      server.cut(true);
      await page.getByText('As read at').waitFor();
    },
  },
  {
    name: 'fleet-service-away-early',
    title: 'It went before anything was read',
    hash: '#/fleet',
    service: withMachine((service) => service.machine.measure(null)),
    ready: async (page, _service, server) => {
      await page.getByRole('status', { name: 'Reading the containers' }).waitFor();
      server.cut(true);
      await page.getByText('Nothing was read yet').waitFor();
    },
  },
];
