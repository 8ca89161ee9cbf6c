import type { Page, WebSocketRoute } from 'playwright';
import type { Brief } from '../../../src-main/contract/brief.ts';
import type { FleetState } from '../../../src-main/contract/fleet.ts';
import { briefIdOf, cannedBrief, cannedFleet, cannedProject, cannedRun, NOW, projectIdOf } from '../../renderer/support/canned.ts';
import { createFakeService } from '../../renderer/support/fake-service.ts';
import { manyBriefs } from '../../renderer/support/many-briefs.ts';
import type { GalleryState } from '../state.ts';

const card = (page: Page, number: number) => page.locator(`.board [data-brief="${number}"]`);
const fleetWith = (change: (fleet: FleetState) => void) => () => {
  const fleet = cannedFleet();
  change(fleet);
  return createFakeService(fleet);
};
const briefOf = (fleet: FleetState, number: number): Brief => fleet.briefs.find((brief) => brief.number === number)!;

const labelled = (fleet: FleetState): void => {
  briefOf(fleet, 21).text.labels = ['parser', 'bug'];
  briefOf(fleet, 22).text.labels = ['dependencies', 'clean-up', 'dates', 'later', 'size'];
  briefOf(fleet, 9).text.labels = ['docs'];
};

const overlapping = (fleet: FleetState): void => {
  const paths = ['src/http/client.ts', 'src/http/retry.ts', 'test/retry.test.ts'];
  fleet.overlaps = {
    [briefIdOf(21)]: [
      { briefId: briefIdOf(12), number: 12, kind: 'scope', count: 3, paths },
      { briefId: briefIdOf(9), number: 9, kind: 'files', count: 41, paths: Array.from({ length: 20 }, (_, at) => `docs/guide/chapter-${at + 1}/a-rather-long-name-of-a-page.md`) },
    ],
    [briefIdOf(12)]: [{ briefId: briefIdOf(21), number: 21, kind: 'scope', count: 3, paths }],
    [briefIdOf(9)]: [{ briefId: briefIdOf(21), number: 21, kind: 'files', count: 41, paths: paths.slice(0, 1) }],
  };
};

const hostile = (fleet: FleetState): void => {
  const goals = [
    'A title that goes on and on, '.repeat(17),
    'أضف اختبارات لمحلل التواريخ ثم أصلح الأخطاء التي تظهر',
    'Right-to-left override: \u202egpj.exe\u202c and \u2066isolated\u2069',
    'Escapes \u001b[31mred\u001b[0m, a bell \u0007 and a null \u0000 here',
    '🚢⚓️ Ship it 👩‍👩‍👧‍👦 with every family 🏳️‍🌈 of emoji',
    'wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww',
    '<img src=x onerror=alert(1)> & "quotes" <b>bold</b>',
    '',
  ];
  fleet.briefs.push(...goals.map((goal, at) => cannedBrief(100 + at, 'api', { goal, labels: at === 1 ? ['مهم', '<script>', 'a label that is as long as a label may be, sixty-four letters'] : [] }, { rank: -100 + at })));
  const failed = cannedBrief(120, 'api', { goal: 'Two lines\nare not shown on a card' }, { rank: -1 });
  fleet.briefs.push(failed);
  fleet.runs.push(cannedRun(failed, { name: 'failed', phase: 'settingUp', reason: { kind: 'fault', fault: { code: 'internal', message: `npm: \u001b[31mECONNRESET\u001b[0m ${'/very/long/path'.repeat(30)}`, next: 'Try again when the registry answers.' } } }));
  fleet.projects = fleet.projects.map((project) => (project.id === projectIdOf('api') ? { ...project, name: `api \u202e of the ${'very '.repeat(30)}long name` } : project));
};

/** Parts of a result left out, one that is checked again, one that failed and is checked again. */
const chosen = (fleet: FleetState): void => {
  const run = (number: number) => fleet.runs.find((each) => each.briefId === briefIdOf(number))!;
  const recheck = { tree: run(9).turns[0]!.result!.tree, endedAt: NOW - 30_000 };
  Object.assign(run(9), { excluded: ['docs/guide.md', 'docs/b.md', 'docs/c.md'], leftOut: { 'docs/guide.md': { additions: 12, deletions: 1 }, 'docs/b.md': { additions: 8, deletions: 3 }, 'docs/c.md': { additions: 1, deletions: 0 } } });
  Object.assign(run(8), { state: { name: 'checking', container: 'c', recheck: { ...recheck, before: run(8).state } }, endedAt: null });
  const again = cannedBrief(30, 'api', { goal: 'Split the module of helpers', checks: briefOf(fleet, 9).text.checks });
  fleet.briefs.push(again);
  fleet.runs.push({ ...cannedRun(again, { name: 'checking', container: 'c', recheck: { ...recheck, before: { name: 'reviewable' } } }), turns: run(9).turns, excludedHunks: { 'src/a.ts': ['h'] }, leftOut: { 'src/a.ts': { additions: 3, deletions: 2 } } });
};

const busy = (title: string, name: string, change: (fleet: FleetState) => void = () => undefined, more: Partial<GalleryState> = {}): GalleryState => ({
  name: `board-${name}`,
  title,
  hash: '#/board',
  service: fleetWith((fleet) => {
    labelled(fleet);
    change(fleet);
  }),
  ready: (page) => card(page, 12).waitFor(),
  ...more,
});

const lifted = async (page: Page): Promise<void> => {
  await card(page, 21).focus();
  await page.keyboard.press('Space');
  await page.locator('.card[data-lifted]').waitFor();
  await page.keyboard.press('ArrowRight');
  await page.locator('[data-column="queued"] .cards.over').waitFor();
};

export const boardStates: readonly GalleryState[] = [
  busy('A card for each thing that a card can say', 'busy'),
  busy('One project, chosen', 'one-project', (fleet) => {
    fleet.projects = fleet.projects.slice(0, 1);
    fleet.briefs = fleet.briefs.filter((brief) => brief.projectId === projectIdOf('api'));
  }, { hash: `#/board?project=${projectIdOf('api')}` }),
  busy('Narrowed to what failed or has findings', 'filtered', undefined, { hash: '#/board?state=failed,findings,unseen&label=docs', ready: (page) => page.getByText('1 of 11 shown').waitFor() }),
  busy('Filters that leave nothing', 'filtered-to-nothing', undefined, { hash: '#/board?text=no%20such%20card', ready: (page) => page.getByText('No card matches').waitFor() }),
  busy('What the board can be narrowed to', 'filter-menu', undefined, {
    ready: async (page) => {
      await page.getByRole('button', { name: 'Filter' }).click();
      await page.getByRole('menuitemcheckbox', { name: 'Failed' }).first().waitFor();
    },
  }),
  busy('Several cards chosen, and what can be done with them', 'selecting', undefined, {
    ready: async (page) => {
      await card(page, 21).click({ modifiers: ['Control'] });
      await card(page, 22).click({ modifiers: ['Control'] });
      await card(page, 9).click({ modifiers: ['Control'] });
      await page.getByText('3 selected').waitFor();
    },
  }),
  busy('Labels of several briefs', 'labels', undefined, {
    ready: async (page) => {
      await card(page, 21).click({ modifiers: ['Control'] });
      await card(page, 9).click({ modifiers: ['Control'] });
      await page.keyboard.press('a');
      await page.getByRole('dialog', { name: 'Labels of 2 briefs' }).waitFor();
    },
  }),
  busy('A card lifted by the keyboard, over Queued', 'lifted', undefined, { ready: lifted }),
  busy('Actions of a card', 'card-menu', undefined, {
    ready: async (page) => {
      await card(page, 17).click({ button: 'right' });
      await page.getByRole('menuitem', { name: 'Open' }).waitFor();
    },
  }),
  busy('Briefs that work in the same place', 'overlap', overlapping, {
    ready: async (page) => {
      await card(page, 21).getByRole('button', { name: 'Overlaps #9, #12' }).click();
      await page.getByRole('dialog', { name: 'What #21 overlaps' }).waitFor();
    },
  }),
  busy('A goal typed into the backlog', 'quick-add', undefined, {
    ready: async (page) => {
      await page.getByRole('button', { name: 'Add a brief' }).click();
      await page.getByLabel('Goal of a new brief').fill('Add a changelog entry for each release since 2.0');
    },
  }),
  busy('Moved, with a way back', 'undo', undefined, {
    ready: async (page) => {
      await card(page, 21).focus();
      await page.keyboard.press('q');
      await page.getByRole('button', { name: 'Undo' }).waitFor();
    },
  }),
  busy('A queue that is paused, a card that waits for another', 'paused', (fleet) => {
    fleet.pauses = [{ projectId: projectIdOf('api'), since: NOW - 400_000, fault: { code: 'diskFull', message: 'The disk is full: 210 MiB are left.', next: 'Free some space; the queue goes on by itself.' } }];
    const [bump, rename] = [briefOf(fleet, 17), briefOf(fleet, 18)];
    fleet.waiting = { [bump.currentRun!]: { kind: 'paused', message: 'The disk is full: 210 MiB are left.' }, [rename.currentRun!]: { kind: 'behind', message: 'After #12.' } };
  }),
  busy('No container engine', 'engine-down', (fleet) => {
    fleet.engine = { state: 'down', since: NOW - 400_000, fault: { code: 'engineUnavailable', message: 'No container engine answers.', next: 'Start Docker; Drydock finds it by itself.' } };
    fleet.waiting = Object.fromEntries(Object.keys(fleet.waiting).map((id) => [id, { kind: 'engine' as const, message: 'Waits for the container engine.' }]));
  }),
  busy('Texts that would break a board', 'hostile', hostile, { ready: (page) => card(page, 107).waitFor() }),
  busy('Results of which parts are left out, and that are checked again', 'chosen', chosen, { ready: (page) => card(page, 30).getByText('Checking again').waitFor() }),
  busy('Columns as strips', 'collapsed', undefined, {
    ready: async (page) => {
      await page.getByRole('button', { name: 'Collapse Backlog' }).click();
      await page.getByRole('button', { name: 'Collapse Done' }).click();
      await page.getByRole('button', { name: 'Expand Done' }).waitFor();
    },
  }),
  {
    name: 'board-nothing-yet',
    title: 'A project without a brief: each column says what belongs there',
    hash: '#/board',
    service: () => createFakeService({ ...cannedFleet(), projects: [cannedProject('api')], briefs: [], runs: [], progress: [], waiting: {}, slots: { used: 0, total: 2 } }),
    ready: (page) => page.locator('[data-column="backlog"]').waitFor(),
  },
  {
    name: 'board-2000',
    title: 'Two thousand cards',
    hash: '#/board',
    service: () => createFakeService(manyBriefs(2_000)),
    ready: (page) => page.locator('[data-column="done"] [data-brief]').first().waitFor(),
  },
  {
    name: 'board-service-away',
    title: 'The service does not answer; what was seen stays',
    hash: '#/board',
    service: () => createFakeService(),
    ready: async (page) => {
      const open: WebSocketRoute[] = [];
      let away = false;
      await page.routeWebSocket('**/rpc', async (socket) => {
        if (away) return socket.close();
        socket.connectToServer();
        open.push(socket);
      });
      await page.reload();
      await card(page, 12).waitFor();
      away = true;
      await Promise.all(open.map((socket) => socket.close()));
      await page.getByText('Reconnecting…').waitFor();
    },
  },
  {
    name: 'board-empty',
    title: 'Before the first project',
    hash: '#/board',
    service: () => createFakeService({ ...cannedFleet(), projects: [], briefs: [], runs: [], progress: [], waiting: {} }),
    ready: (page) => page.getByRole('button', { name: 'Add the sample project' }).waitFor(),
  },
];
