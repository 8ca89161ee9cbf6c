import type { Page } from 'playwright';
import type { FleetState } from '../../../src-main/contract/fleet.ts';
import { briefIdOf, cannedFleet, projectIdOf } from '../../renderer/support/canned.ts';
import { createFakeService, type FakeService } from '../../renderer/support/fake-service.ts';
import type { GalleryState } from '../state.ts';

const BRIEF = `#/brief/${briefIdOf(21)}/brief`;
const NEW = `#/brief/new/${projectIdOf('api')}`;
const goal = (page: Page) => page.getByLabel('Goal');
const matched = (page: Page) => page.getByText(/of \d+ files|everything, \d+ files/).first().waitFor();

const filled = (change: (fleet: FleetState) => void = () => undefined): FakeService => {
  const fleet = cannedFleet();
  const brief = fleet.briefs.find((each) => each.number === 21);
  if (brief) {
    brief.text = {
      ...brief.text,
      context: 'Quotes inside quotes end the outer one:\n\n    parse(\'say "it\\\'s"\')\n    SyntaxError: unexpected end (src/parser.ts:41)',
      scope: { inPlay: ['src/**', 'test/**'], offLimits: ['migrations/**'], workingDirectory: '' },
      constraints: 'No new dependency. The public interface stays as it is.',
      criteria: ['The error messages still name the line.'],
      labels: ['parser', 'quick'],
      after: [12],
      attachments: [
        { name: 'trace.txt', size: 18_211, blob: '0'.repeat(40) as never },
        { name: 'screenshot of the failing build, taken on a Tuesday afternoon with a very long name.png', size: 1_802_110, blob: '1'.repeat(40) as never },
      ],
    };
  }
  fleet.overlaps = {
    [briefIdOf(21)]: [
      { briefId: briefIdOf(12), number: 12, kind: 'files', count: 2, paths: ['src/http/client.ts', 'src/http/retry.ts'] },
      { briefId: briefIdOf(22), number: 22, kind: 'scope', count: 241, paths: ['src/parser.ts'] },
    ],
  };
  change(fleet);
  return createFakeService(fleet);
};

const writeMarkdown = async (page: Page, text: string): Promise<void> => {
  await page.getByRole('radio', { name: 'Markdown' }).click();
  await page.getByLabel('The brief as Markdown').fill(text);
};

export const briefStates: readonly GalleryState[] = [
  { name: 'brief-filled', title: 'Everything has something in it', hash: BRIEF, service: () => filled(), ready: matched },
  { name: 'brief-new', title: 'A new brief, empty', hash: NEW, service: () => createFakeService(), ready: matched },
  {
    name: 'brief-end',
    title: 'The end of the form, with what is folded',
    hash: BRIEF,
    service: () => filled(),
    ready: async (page) => {
      await matched(page);
      await page.getByLabel('Another brief').or(page.getByText('Waits in the queue')).first().scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'brief-hostile',
    title: 'Long, right to left, emoji, newlines and escapes',
    hash: BRIEF,
    service: () =>
      filled((fleet) => {
        for (const brief of fleet.briefs) if (brief.number === 12) brief.text = { ...brief.text, goal: `عنوان طويل ${'x'.repeat(500)}` };
        const brief = fleet.briefs.find((each) => each.number === 21);
        if (brief) brief.text = { ...brief.text, goal: `${'Very long goal '.repeat(33)}\u202eevil 🚢`, labels: ['\u001b[31mred'], scope: { ...brief.text.scope, inPlay: ['a'.repeat(300)] } };
      }),
    ready: (page) => page.getByText('No file of the base matches').waitFor(),
  },
  {
    name: 'brief-markdown',
    title: 'The same as Markdown',
    hash: BRIEF,
    service: () => filled(),
    ready: async (page) => {
      await page.getByRole('radio', { name: 'Markdown' }).click();
      await page.getByLabel('The brief as Markdown').waitFor();
    },
  },
  {
    name: 'brief-markdown-error',
    title: 'Markdown that cannot be read, with its line',
    hash: BRIEF,
    service: () => filled(),
    ready: async (page) => {
      await writeMarkdown(page, '---\nlabels: [x]\ntimeBudgetMinutes: soon\n---\n\n## Goal\n\nParse quotes\n');
      await page.getByRole('button', { name: 'Go to line 3' }).waitFor();
    },
  },
  {
    name: 'brief-markdown-kept',
    title: 'Fields while there is Markdown that cannot be read',
    hash: BRIEF,
    service: () => filled(),
    ready: async (page) => {
      await writeMarkdown(page, '---\nlabels: [\n---\n');
      await page.getByRole('alert').first().waitFor();
      await page.getByRole('radio', { name: 'Fields' }).click();
      await page.getByRole('button', { name: 'Correct it' }).waitFor();
    },
  },
  {
    name: 'brief-check-running',
    title: 'A check is tried on the base',
    hash: BRIEF,
    service: () => filled(),
    ready: async (page) => {
      await page.getByLabel('Check 1: command').fill('npm test && sleep 60');
      await page.getByRole('button', { name: 'Try check 1' }).click();
      await page.getByText('parses quotes (12 ms)').waitFor();
      await page.getByRole('button', { name: 'Stop' }).scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'brief-check-failed',
    title: 'Checks that failed, passed too early, and could not be tried',
    hash: BRIEF,
    service: () => filled(),
    ready: async (page) => {
      await page.getByLabel('Check 1: command').fill('npm test || false');
      await page.getByRole('button', { name: 'Try check 1' }).click();
      await page.getByText('Failed on the base').waitFor();
      await page.getByLabel('Check 2: command').fill('./no-setup');
      await page.getByRole('button', { name: 'Try check 2' }).click();
      await page.getByText('was never set up').waitFor();
      await page.getByText('was never set up').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'brief-base',
    title: 'Choosing the base',
    hash: BRIEF,
    service: () => filled(),
    ready: async (page) => {
      await page.getByRole('button', { name: 'Base:' }).click();
      await page.getByRole('option', { name: 'Bump dependencies' }).waitFor();
    },
  },
  {
    name: 'brief-conflict',
    title: 'Changed in another window while it is typed in here',
    hash: BRIEF,
    service: () => filled(),
    ready: async (page, service) => {
      const brief = service.feed.state.briefs.find((each) => each.number === 21);
      await goal(page).fill('Typed here');
      if (brief) service.put({ ...brief, text: { ...brief.text, goal: 'Typed there', context: 'And this' }, changedAt: Date.now() + 1 });
      await page.getByRole('button', { name: 'Keep mine' }).waitFor();
    },
  },
  {
    name: 'brief-variants',
    title: 'Variants are asked for, which are not run yet',
    hash: BRIEF,
    service: () =>
      filled((fleet) => {
        for (const brief of fleet.briefs) if (brief.number === 21) brief.text = { ...brief.text, runsWith: { ...brief.text.runsWith, variants: 3 } };
      }),
    ready: (page) => page.getByRole('button', { name: 'Run it once' }).waitFor(),
  },
  {
    name: 'brief-not-saved',
    title: 'A field that cannot be saved',
    hash: BRIEF,
    service: () => filled(),
    ready: async (page) => {
      await page.getByLabel('Working directory').fill('../elsewhere');
      await page.getByTestId('save-state').getByText('Not saved').waitFor();
    },
  },
  { name: 'brief-running', title: 'A run is under way', hash: `#/brief/${briefIdOf(12)}/brief`, service: () => createFakeService(), ready: (page) => page.getByText('A run is under way').waitFor() },
  { name: 'brief-unknown', title: 'No such brief', hash: '#/brief/brf_000000000000/brief', service: () => createFakeService(), ready: (page) => page.getByText('This brief is not here').waitFor() },
];
