import { describe, expect, it } from 'vitest';
import { briefIdOf, runIdOf } from './support/canned.ts';
import { writeWholeRun } from './support/canned-logs.ts';
import { createFakeService } from './support/fake-service.ts';
import { useWindows } from './support/open-window.ts';

const openWindow = useWindows();
const ACTIVITY = `#/brief/${briefIdOf(12)}/activity`;
const RUN = runIdOf(12);

describe('a run', () => {
  it('is stopped after asking, and repeated', async () => {
    const { page, service } = await openWindow(ACTIVITY);
    await page.getByRole('button', { name: 'Stop' }).waitFor();
    await page.keyboard.press('s');
    await page.getByText('What it has changed so far is lost: 3 files.').waitFor();
    await page.getByText('The brief and the log up to here are kept; to run again begins from the base.').waitFor();
    await page.getByRole('button', { name: 'Keep it' }).click();
    expect(service.feed.state.runs.find((run) => run.id === RUN)?.state.name).toBe('working');
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByRole('button', { name: 'Stop the run' }).click();
    await page.getByText('Cancelled in work.').waitFor();
    await page.getByRole('button', { name: 'Run again' }).click();
    await expect.poll(() => service.feed.state.runs.find((run) => run.id === RUN)?.state.name).toBe('queued');
  });

  it('that has a result keeps it when its checks are stopped, and says so', async () => {
    const service = createFakeService();
    const run = service.feed.state.runs.find(({ id }) => id === runIdOf(9)) ?? expect.fail('no run');
    service.putRun({ ...run, state: { name: 'checking', container: 'c1' }, endedAt: null });
    const { page } = await openWindow(`#/brief/${briefIdOf(9)}/activity`, service);
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByText('The checks under way are broken off.').waitFor();
    await page.getByText('The result, the checks that have ended, the brief and the log are kept.').waitFor();
    expect(await page.getByText('is lost').count()).toBe(0);
  });

  it('shows what it has touched, and opens its review when it is ready', async () => {
    const { page } = await openWindow(ACTIVITY);
    await page.getByRole('button', { name: '3 files touched' }).click();
    await page.getByRole('list', { name: 'Files touched' }).getByText('src/http/client.ts').waitFor();
    await page.goto(`${new URL(page.url()).origin}/#/brief/${briefIdOf(9)}/activity`);
    await page.getByRole('link', { name: 'Open review' }).click();
    await expect.poll(() => page.url()).toContain('/review');
  });

  it('says where it failed and what to do', async () => {
    const { page } = await openWindow(`#/brief/${briefIdOf(8)}/activity`);
    await page.getByText('In setup: The command ended with status 1.').waitFor();
    await page.getByText('Nothing was worked on.').waitFor();
    await page.getByRole('button', { name: 'Run again' }).waitFor();
    expect(await page.getByRole('link', { name: 'Review', exact: true }).last().getAttribute('title')).toBe('In setup: The command ended with status 1.');
  });

  it('says what is to be typed as code, without its backticks, wherever it says it', async () => {
    const service = createFakeService();
    const run = service.feed.state.runs.find(({ id }) => id === runIdOf(8)) ?? expect.fail('no run');
    service.putRun({ ...run, state: { name: 'failed', phase: 'preparing', reason: { kind: 'fault', fault: { code: 'imageMissing', message: 'The base image is not here.', next: 'Run `npm start` once: it builds it.' } } } });
    const { page } = await openWindow('', service);
    for (const [hash, place] of [['#/board', `[data-brief="8"] .card-failure`], [`#/brief/${briefIdOf(8)}/activity`, '.run-ending'], [`#/brief/${briefIdOf(8)}/review`, '.no-result']] as const) {
      await page.goto(`${new URL(page.url()).origin}/${hash}`);
      await page.locator(`${place} code`, { hasText: /^npm start$/ }).waitFor();
      expect(await page.locator(place).textContent()).toContain('Run npm start once: it builds it.');
    }
  });

  it('that was not launched leads to where it is, from its activity and its review', async () => {
    const { page } = await openWindow(`#/brief/${briefIdOf(21)}/activity`);
    for (const tab of ['2', '3']) {
      await page.keyboard.press(tab);
      await page.getByText('from its Brief tab').waitFor();
      await page.getByRole('link', { name: 'Go to the brief' }).click();
      await page.getByRole('button', { name: /^Launch/ }).waitFor();
    }
  });

  it('says how long a short work took, though it was counted only while it went on, and that no line of the log is an error', async () => {
    const service = createFakeService();
    const run = service.feed.state.runs.find(({ id }) => id === runIdOf(9))!;
    service.putRun({ ...run, times: { ...run.times, working: 1_000_000, collecting: 1_005_400 }, endedAt: 1_007_000 });
    service.feed.state.progress = [...service.feed.state.progress.filter(({ runId }) => runId !== run.id), { runId: run.id, logLength: 5, logEnded: true, lastLine: '', workedMs: 0, touched: null }];
    service.writeLog(run.id, 'all is well\n', 'work', true);
    const { page } = await openWindow(`#/brief/${briefIdOf(9)}/activity`, service);
    await page.locator('.spent-clock', { hasText: '0:05' }).waitFor();
    await page.getByTestId('errors').getByText('No error lines', { exact: true }).waitFor();
  });

  it('says why there is no log yet', async () => {
    const { page } = await openWindow(`#/brief/${briefIdOf(17)}/activity`);
    expect(await page.locator('.log-empty').textContent()).not.toBe('');
    expect(await page.getByRole('button', { name: 'Shell' }).count()).toBe(0);
  });
});

describe('a shell', () => {
  it('opens by key, takes what is typed, gives the keyboard back, and says when it ended', async () => {
    const service = createFakeService();
    writeWholeRun(service, RUN, false);
    const { page } = await openWindow(ACTIVITY, service);
    await page.getByRole('button', { name: 'Shell' }).waitFor();
    await page.keyboard.press('t');
    const screen = page.locator('.xterm-rows');
    await screen.getByText('agent@drydock:/workspace$').first().waitFor();
    // Keys of the page are the shell's now.
    await page.keyboard.type('ls -s te');
    await page.keyboard.press('Enter');
    await expect.poll(() => service.shells.all()[0]?.typed).toBe('ls -s te\r');
    expect(await page.getByRole('button', { name: 'Stop the run' }).count()).toBe(0);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.evaluate<string>('document.activeElement?.className')).toContain('log-box');
    await page.keyboard.press('t');
    await page.keyboard.type('exit');
    await page.keyboard.press('Enter');
    await page.getByText('ended with status 0').waitFor();
    await page.getByRole('button', { name: 'Open again' }).click();
    await expect.poll(() => service.shells.all().length).toBe(2);
    await page.getByRole('button', { name: 'Close shell' }).click();
    await expect.poll(() => service.shells.all().some((shell) => shell.open)).toBe(false);
  });

  it('reaches nothing of the window by its escapes, and is told its size', async () => {
    const service = createFakeService();
    const { page } = await openWindow(ACTIVITY, service, { permissions: ['clipboard-read', 'clipboard-write'] });
    await page.evaluate(`navigator.clipboard.writeText('mine')`);
    await page.getByRole('button', { name: 'Shell' }).click();
    await page.locator('.xterm-rows', { hasText: 'agent@drydock' }).waitFor();
    const before = service.shells.all()[0]!.size;
    service.shells.say(`\x1b]52;c;${Buffer.from('theirs').toString('base64')}\x07\x1b]0;owned\x07\x1b]8;;https://evil.example/\x07click\x1b]8;;\x07\x1b]10;?\x07 after`);
    await page.locator('.xterm-rows', { hasText: 'click after' }).waitFor();
    expect(await page.evaluate<string>('navigator.clipboard.readText()')).toBe('mine');
    expect(await page.title()).toBe('#12 Add retries to the HTTP client · Drydock');
    expect(service.shells.all()[0]!.typed).toBe('');
    await page.getByRole('separator', { name: 'Height of the shell' }).focus();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    await expect.poll(() => service.shells.all()[0]!.size.rows).toBeGreaterThan(before.rows);
  });

  it('ends with its container', async () => {
    const service = createFakeService();
    const { page } = await openWindow(ACTIVITY, service);
    await page.getByRole('button', { name: 'Shell' }).click();
    await page.locator('.xterm-rows', { hasText: 'agent@drydock' }).waitFor();
    const run = service.feed.state.runs.find((each) => each.id === RUN)!;
    service.putRun({ ...run, state: { name: 'collecting' } });
    service.shells.end(null);
    await page.getByText('ended with its container').waitFor();
    await page.getByText('The container is gone.').waitFor();
    expect(await page.getByRole('button', { name: 'Open again' }).count()).toBe(0);
  });
});
