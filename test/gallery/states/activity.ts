import type { RunState } from '../../../src-main/contract/run.ts';
import { briefIdOf, cannedFleet, NOW, runIdOf } from '../../renderer/support/canned.ts';
import { writeWholeRun } from '../../renderer/support/canned-logs.ts';
import { createFakeService, type FakeService } from '../../renderer/support/fake-service.ts';
import type { GalleryState } from '../state.ts';

const RUN = runIdOf(12);
const ACTIVITY = `#/brief/${briefIdOf(12)}/activity`;

const whole = (): FakeService => {
  const service = createFakeService();
  writeWholeRun(service, RUN, false);
  return service;
};

/** Brief 12 in another state than working. */
const inState = (state: RunState, times: Record<string, number>, fill?: (service: FakeService) => void): FakeService => {
  const fleet = cannedFleet();
  fleet.runs = fleet.runs.map((run) => (run.id === RUN ? { ...run, state, times: { queued: NOW - 300_000, preparing: NOW - 290_000, ...times }, endedAt: ['failed', 'cancelled', 'lost', 'timedOut'].includes(state.name) ? NOW - 30_000 : null } : run));
  const service = createFakeService(fleet);
  fill?.(service);
  return service;
};

const SETUP = { settingUp: NOW - 286_000 };
const WORK = { ...SETUP, sealing: NOW - 262_000, working: NOW - 250_000 };

const fault = (message: string, next: string) => ({ kind: 'fault' as const, fault: { code: 'engineFailed' as const, message, next } });

export const activityStates: readonly GalleryState[] = [
  { name: 'activity-running', title: 'At work, with colours', hash: ACTIVITY, service: whole, ready: (page) => page.getByText('3 call sites rewritten').waitFor() },
  {
    name: 'activity-touched',
    title: 'The files it has touched',
    hash: ACTIVITY,
    service: whole,
    ready: async (page) => {
      await page.getByRole('button', { name: '3 files touched' }).click();
      await page.getByText('test/retry.test.ts').first().waitFor();
    },
  },
  {
    name: 'activity-ended',
    title: 'Ready for review, with its checks',
    hash: `#/brief/${briefIdOf(9)}/activity`,
    service: () => {
      const service = createFakeService();
      writeWholeRun(service, runIdOf(9), true);
      return service;
    },
    ready: (page) => page.getByText('1 passed', { exact: true }).waitFor(),
  },
  {
    name: 'activity-setup-failed',
    title: 'Setup failed',
    hash: ACTIVITY,
    service: () =>
      inState({ name: 'failed', phase: 'settingUp', reason: { kind: 'commandFailed', exitCode: 1, outOfMemory: false } }, SETUP, (service) => {
        service.writeLog(RUN, 'Base: main at 1a2b3c4\n', 'drydock', false, { at: NOW - 289_000 });
        service.writeLog(RUN, 'npm ci\n\x1b[31mnpm ERR!\x1b[0m code ENOTFOUND\n\x1b[31mnpm ERR!\x1b[0m network request to the registry failed\n', 'setup', true, { at: NOW - 285_000 });
      }),
    ready: (page) => page.getByText('ENOTFOUND').waitFor(),
  },
  {
    name: 'activity-engine-fault',
    title: 'The machine failed it, with a long message',
    hash: ACTIVITY,
    service: () => inState({ name: 'failed', phase: 'preparing', reason: fault(`The engine refused the image: ${'a very long reason that goes on '.repeat(16)}`, 'Free some space, then run again.') }, {}),
    ready: (page) => page.getByText('It ended before anything was run.').waitFor(),
  },
  { name: 'activity-cancelled', title: 'Cancelled in its work', hash: ACTIVITY, service: () => inState({ name: 'cancelled', phase: 'working' }, WORK, (service) => writeWholeRun(service, RUN, false)), ready: (page) => page.getByText('Cancelled in work.').waitFor() },
  { name: 'activity-lost', title: 'Its container was gone', hash: ACTIVITY, service: () => inState({ name: 'lost', phase: 'working' }, WORK, (service) => writeWholeRun(service, RUN, false)), ready: (page) => page.getByText('container was gone').waitFor() },
  { name: 'activity-timed-out', title: 'The time budget ran out', hash: ACTIVITY, service: () => inState({ name: 'timedOut', phase: 'working' }, WORK, (service) => writeWholeRun(service, RUN, false)), ready: (page) => page.getByText('The time budget ran out').waitFor() },
  {
    name: 'activity-engine-away',
    title: 'At work when the engine went away',
    hash: ACTIVITY,
    service: () => {
      const service = whole();
      service.feed.state.engine = { state: 'down', since: NOW - 20_000, fault: { code: 'engineUnavailable', message: 'The container engine does not answer.', next: 'Start Docker; Drydock goes on by itself.' } };
      return service;
    },
    ready: (page) => page.getByText('does not answer').waitFor(),
  },
  { name: 'activity-queued', title: 'Waiting in the queue', hash: `#/brief/${briefIdOf(17)}/activity`, service: () => createFakeService(), ready: (page) => page.locator('.log-empty').waitFor() },
  { name: 'activity-not-launched', title: 'Not launched yet', hash: `#/brief/${briefIdOf(21)}/activity`, service: () => createFakeService(), ready: (page) => page.getByText('Not launched yet').waitFor() },
  {
    name: 'activity-find',
    title: 'Found text, and errors',
    hash: ACTIVITY,
    service: whole,
    ready: async (page) => {
      await page.getByLabel('Find in log').fill('test');
      await page.getByTestId('found').getByText('1 of').waitFor();
      await page.keyboard.press('Enter');
      await page.keyboard.press('Enter');
    },
  },
  {
    name: 'activity-wrapped',
    title: 'Long lines wrapped, with times',
    hash: ACTIVITY,
    service: () => {
      const service = whole();
      service.writeLog(RUN, `${'a long line that wraps, with words and \x1b[33mcolour\x1b[0m, '.repeat(20)}\nשלום עולם \u202eabc\u202c 👩‍👩‍👧 日本語の行\nend\n`);
      return service;
    },
    ready: async (page) => {
      await page.getByRole('button', { name: 'Wrap long lines' }).click();
      await page.getByRole('button', { name: 'Show times' }).click();
      await page.locator('.log-row', { hasText: /end$/ }).waitFor();
    },
  },
  {
    name: 'activity-scrolled',
    title: 'Scrolled up, with new lines',
    hash: ACTIVITY,
    service: () => {
      const service = whole();
      service.writeLog(RUN, Array.from({ length: 4_000 }, (_, at) => `src/module-${at}.ts compiled in ${at % 90} ms\n`).join(''));
      return service;
    },
    ready: async (page, service) => {
      await page.getByText('src/module-3999.ts').waitFor();
      await page.locator('.log-box').hover();
      await page.mouse.wheel(0, -3_000);
      await page.getByRole('button', { name: 'Jump to end' }).waitFor();
      service.writeLog(RUN, 'one more\n'.repeat(128));
      await page.getByTestId('new-lines').waitFor();
    },
  },
  {
    name: 'activity-endless-line',
    title: 'One line of a gigabyte',
    hash: ACTIVITY,
    service: () => {
      const service = createFakeService();
      service.writeLog(RUN, `${'0123456789abcdef'.repeat(600_000)}\nafter it\n`);
      return service;
    },
    ready: (page) => page.getByText('after it').waitFor(),
  },
  {
    name: 'activity-binary',
    title: 'Binary and hostile output',
    hash: ACTIVITY,
    service: () => {
      const service = createFakeService();
      service.writeLog(RUN, Buffer.from(Array.from({ length: 3_000 }, (_, at) => (at * 7 + (at >> 3) * 31) % 256)));
      service.writeLog(RUN, '\n<img src=x onerror=alert(1)> \x1b]0;owned\x07\x1b[2J\x1b[1;1Hmoved \u202egnp.exe\u202c \x1b]8;;https://evil.example\x07link\x1b]8;;\x07\n');
      return service;
    },
    ready: (page) => page.getByText('onerror').waitFor(),
  },
  {
    name: 'activity-folded',
    title: 'All parts folded',
    hash: `#/brief/${briefIdOf(9)}/activity`,
    service: () => {
      const service = createFakeService();
      writeWholeRun(service, runIdOf(9), true);
      return service;
    },
    ready: async (page) => {
      await page.getByRole('button', { name: 'More for this log' }).click();
      await page.getByRole('menuitem', { name: 'Fold all parts', exact: true }).click();
      await page.locator('.log-row').first().waitFor({ state: 'detached' });
    },
  },
  {
    name: 'activity-stop',
    title: 'Asking before it is stopped',
    hash: ACTIVITY,
    service: whole,
    ready: async (page) => {
      await page.getByRole('button', { name: 'Stop' }).click();
      await page.getByText('What it has changed so far is lost').waitFor();
    },
  },
  {
    name: 'activity-shell',
    title: 'A shell in the container',
    hash: ACTIVITY,
    service: whole,
    ready: async (page, service) => {
      await page.getByRole('button', { name: 'Shell' }).click();
      await page.locator('.xterm-rows', { hasText: 'agent@drydock' }).waitFor();
      service.shells.say('ls --color\r\n\x1b[1;34mdocs\x1b[0m  \x1b[1;34msrc\x1b[0m  \x1b[32mrun.sh\x1b[0m  README.md\r\nagent@drydock:/workspace$ ');
      await page.locator('.xterm-rows', { hasText: 'README.md' }).waitFor();
    },
  },
];
