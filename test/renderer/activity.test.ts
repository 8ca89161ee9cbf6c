import { describe, expect, it } from 'vitest';
import { briefIdOf, runIdOf } from './support/canned.ts';
import { createFakeService } from './support/fake-service.ts';
import { useWindows } from './support/open-window.ts';

const openWindow = useWindows();
const ACTIVITY = `#/brief/${briefIdOf(12)}/activity`;
const RUN = runIdOf(12);
const lines = (from: number, to: number): string => Array.from({ length: to - from }, (_, at) => `line ${from + at}\n`).join('');

describe('the log', () => {
  it('follows the end, lets go when scrolled, and holds few rows', async () => {
    const service = createFakeService();
    service.writeLog(RUN, lines(0, 5_000));
    const { page } = await openWindow(ACTIVITY, service);
    await page.locator('.log-row', { hasText: /line 4999$/ }).waitFor();
    service.writeLog(RUN, lines(5_000, 60_000));
    await page.locator('.log-row', { hasText: /line 59999$/ }).waitFor();
    expect(await page.locator('.log-row').count()).toBeLessThan(100);
    await page.locator('.log-box').hover();
    await page.mouse.wheel(0, -4_000);
    await page.getByRole('button', { name: 'Follow', exact: true }).waitFor();
    service.writeLog(RUN, 'the very end\n');
    await page.getByTestId('log-lines').getByText('60,001 lines').waitFor();
    expect(await page.getByText('the very end').count()).toBe(0);
    await page.getByRole('button', { name: 'Follow', exact: true }).click();
    await page.getByText('the very end').waitFor();
  });

  it('of a run that has ended is shown from its end', async () => {
    const service = createFakeService();
    service.writeLog(runIdOf(9), lines(0, 96), 'work', true);
    const { page } = await openWindow(`#/brief/${briefIdOf(9)}/activity`, service);
    await page.locator('.log-row', { hasText: /line 95$/ }).waitFor();
    await page.getByRole('button', { name: 'Following' }).waitFor();
  });

  it('finds text and jumps to it', async () => {
    const service = createFakeService();
    service.writeLog(RUN, `${lines(0, 9_000)}a Needle here\n${lines(0, 9_000)}another needle\n`);
    const { page } = await openWindow(ACTIVITY, service);
    await page.getByLabel('Find in log').fill('needle');
    await page.getByTestId('found').getByText('1 of 2').waitFor();
    await page.locator('.log-row.current', { hasText: 'a Needle here' }).waitFor();
    await page.keyboard.press('Enter');
    await page.locator('.log-row.current', { hasText: 'another needle' }).waitFor();
    await page.keyboard.press('Shift+Enter');
    await page.locator('.log-row.current', { hasText: 'a Needle here' }).waitFor();
  });

  it('shows hostile output as text', async () => {
    const service = createFakeService();
    service.writeLog(RUN, Buffer.concat([Buffer.from('<img src=x onerror="document.title=1">\n\x1b]0;owned\x07\x1b[31mred\x1b[0m\n'), Buffer.from([0xff, 0x00, 0x0a])]));
    const { page } = await openWindow(ACTIVITY, service);
    await page.getByText('<img src=x onerror="document.title=1">').waitFor();
    await page.locator('.log-row', { hasText: /red$/ }).waitFor();
    await page.getByText('\ufffd␀').waitFor();
    expect(await page.title()).toBe('Drydock');
    expect(await page.locator('.log-box img').count()).toBe(0);
  });

  it('goes on after the connection was cut', async () => {
    const service = createFakeService();
    service.writeLog(RUN, 'before\n');
    const { page, server } = await openWindow(ACTIVITY, service);
    await page.getByText('before').waitFor();
    server.cut(true);
    await page.getByText('Reconnecting…').waitFor();
    service.writeLog(RUN, 'while away\n');
    server.accept();
    await page.getByText('while away').waitFor();
    await page.getByText('Reconnecting…').waitFor({ state: 'detached' });
    expect(await page.getByText('before').count()).toBe(1);
  });

  it('stops a run after asking, and repeats it', async () => {
    const { page, service } = await openWindow(ACTIVITY);
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByRole('button', { name: 'Stop the run' }).click();
    await page.getByText('Cancelled in work.').waitFor();
    await page.getByRole('button', { name: 'Retry' }).click();
    await expect.poll(() => service.feed.state.runs.find((run) => run.id === RUN)?.state.name).toBe('queued');
  });
});
