import type { FleetState } from '../../../src-main/contract/fleet.ts';
import { briefIdOf, cannedBrief, cannedFleet, cannedProject, cannedRun, cannedTurn, cannedResult, NOW, projectIdOf } from '../../renderer/support/canned.ts';
import { createFakeService, type FakeService } from '../../renderer/support/fake-service.ts';
import type { GalleryState } from '../state.ts';

const DOWN: FleetState['engine'] = {
  state: 'down',
  since: NOW - 12 * 60_000,
  fault: { code: 'engineUnavailable', message: 'No container engine answers.', next: 'Start Docker or Podman, or run `npm start` from a terminal: it sets one up.' },
};
const empty = (change: Partial<FleetState> = {}): FleetState => ({ ...cannedFleet(), projects: [], briefs: [], runs: [], progress: [], waiting: {}, slots: { used: 0, total: 6 }, ...change });
const welcomed = (page: Parameters<GalleryState['ready']>[0]) => page.getByText(/This machine (has|lacks)/).waitFor();

const GOALS = ['Price totals round half a cent up, as the invoice test asks', 'Greeting module is called welcome, everywhere', 'The work container has no network'];
/** The sample as it is after it was added, with the tour to come. */
const touring = (change: (fleet: FleetState) => void = () => undefined): FakeService => {
  const fleet = empty();
  fleet.projects = [cannedProject('sample')];
  fleet.briefs = GOALS.map((goal, at) => cannedBrief(at + 1, 'sample', { goal, timeBudgetMinutes: 5 }));
  fleet.settings = { ...fleet.settings, tourDone: false };
  change(fleet);
  return createFakeService(fleet);
};
const launched = (fleet: FleetState): void => {
  const [, brief] = fleet.briefs;
  if (brief) fleet.runs = [cannedRun(brief, { name: 'working', container: 'c1' })];
};
const ready = (fleet: FleetState): void => {
  const [, brief] = fleet.briefs;
  if (brief) fleet.runs = [cannedRun(brief, { name: 'reviewable' }, { turns: [cannedTurn(2, { result: cannedResult(2) })] })];
};

export const firstRunStates: readonly GalleryState[] = [
  { name: 'first-run', title: 'Before the first project', hash: '#/board', service: () => createFakeService(empty()), ready: welcomed },
  { name: 'first-run-engine', title: 'No engine', hash: '#/board', service: () => createFakeService(empty({ engine: DOWN })), ready: welcomed },
  {
    name: 'first-run-git',
    title: 'No git, little space',
    hash: '#/board',
    service: () => {
      const service = createFakeService(empty());
      const report = service.doctor.report();
      service.doctor.report = () => ({
        ...report,
        ok: false,
        items: report.items.map((item) =>
          item.name === 'git'
            ? { ...item, state: 'missing' as const, message: 'git is not on the PATH.', next: 'Install git 2.38 or newer.' }
            : item.name === 'Disk'
              ? { ...item, state: 'warning' as const, message: '3.1 GiB free at /home/ada/.local/share/drydock.', next: 'Free some space: a run may write up to 10 GiB.' }
              : item,
        ),
      });
      return service;
    },
    ready: welcomed,
  },
  { name: 'tour-1', title: 'Drag a card to Queued', hash: '#/board', service: () => touring(), ready: (page) => page.getByText('First steps: launch').waitFor() },
  { name: 'tour-2', title: 'Watch it', hash: '#/board', service: () => touring(launched), ready: (page) => page.getByText('First steps: watch').waitFor() },
  { name: 'tour-2-brief', title: 'Watch it, on the page of the brief', hash: `#/brief/${briefIdOf(2)}/brief`, service: () => touring(launched), ready: (page) => page.getByText('First steps: watch').waitFor() },
  {
    name: 'tour-3',
    title: 'Review and land',
    hash: '#/board',
    service: () => touring(ready),
    ready: (page) => page.getByText('First steps: review').waitFor(),
  },
  { name: 'tour-3-brief', title: 'Review and land, while watching', hash: `#/brief/${briefIdOf(2)}/activity`, service: () => touring(launched), ready: (page) => page.getByText('First steps: review').waitFor() },
  { name: 'banners-engine', title: 'The engine is gone', hash: '#/board', service: () => createFakeService({ ...cannedFleet(), engine: DOWN }), ready: (page) => page.getByText('No container engine answers.').first().waitFor() },
  {
    name: 'banners-back',
    title: 'The engine is back',
    hash: '#/board',
    service: () => createFakeService({ ...cannedFleet(), engine: DOWN }),
    ready: async (page, service) => {
      await page.getByRole('button', { name: 'Look again' }).waitFor();
      service.feed.publish({ kind: 'engine', engine: cannedFleet().engine });
      await page.getByText('The engine is back').waitFor();
    },
  },
  {
    name: 'banners-paused',
    title: 'Queues that are paused, each cause once',
    hash: '#/board',
    service: () => {
      const disk = { code: 'diskFull' as const, message: 'The disk is full: 0.2 GiB are left.', next: 'Free some space; the queue goes on by itself.' };
      const setup = { code: 'engineFailed' as const, message: 'The setup script ended with status 1 three times.', next: 'Correct it in the environment, then launch again.' };
      const fleet = cannedFleet();
      fleet.pauses = [
        { projectId: projectIdOf('api'), since: NOW, fault: disk },
        { projectId: projectIdOf('sample'), since: NOW, fault: disk },
        { projectId: projectIdOf('api'), since: NOW, fault: setup },
      ];
      return createFakeService(fleet);
    },
    ready: (page) => page.getByText('api, sample are paused.').waitFor(),
  },
];
