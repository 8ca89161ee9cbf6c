import { describe, expect, it } from 'vitest';
import { briefIdOf, runIdOf } from './support/canned.ts';
import { createFakeService } from './support/fake-service.ts';
import { useWindows } from './support/open-window.ts';

const openWindow = useWindows();
const ACTIVITY = `#/brief/${briefIdOf(12)}/activity`;
const RUN = runIdOf(12);
const lines = (from: number, to: number): string => Array.from({ length: to - from }, (_, at) => `line ${from + at}\n`).join('');

describe('the log', () => {
  it('follows the end, lets go when scrolled, counts what is new, and holds few rows', async () => {
    const service = createFakeService();
    service.writeLog(RUN, lines(0, 5_000));
    const { page } = await openWindow(ACTIVITY, service);
    await page.locator('.log-row', { hasText: /line 4999$/ }).waitFor();
    service.writeLog(RUN, lines(5_000, 60_000));
    await page.locator('.log-row', { hasText: /line 59999$/ }).waitFor();
    expect(await page.locator('.log-row').count()).toBeLessThan(100);
    await page.locator('.log-box').hover();
    await page.mouse.wheel(0, -4_000);
    const pill = page.getByRole('button', { name: 'Jump to end' });
    await pill.waitFor();
    const top = await page.locator('.log-row').first().textContent();
    service.writeLog(RUN, 'the very end\nand one more\n');
    await page.getByTestId('log-lines').getByText('60,002 lines').waitFor();
    await page.getByTestId('new-lines').getByText('2 new lines').waitFor();
    expect(await page.getByText('the very end').count()).toBe(0);
    expect(await page.locator('.log-row').first().textContent()).toBe(top);
    await pill.click();
    await page.getByText('the very end').waitFor();
    await pill.waitFor({ state: 'detached' });
  });

  it('goes on following when its end is reached by scrolling, and by key', async () => {
    const service = createFakeService();
    service.writeLog(RUN, lines(0, 1_000));
    const { page } = await openWindow(ACTIVITY, service);
    await page.locator('.log-row', { hasText: /line 999$/ }).waitFor();
    await page.locator('.log-box').focus();
    await page.keyboard.press('Home');
    await page.locator('.log-row', { hasText: /line 0$/ }).waitFor();
    await page.locator('.log-box').hover();
    await page.mouse.wheel(0, 40_000);
    await page.getByRole('button', { name: 'Jump to end' }).waitFor({ state: 'detached' });
    service.writeLog(RUN, lines(1_000, 1_001));
    await page.locator('.log-row', { hasText: /line 1000$/ }).waitFor();
    await page.keyboard.press('PageUp');
    await page.getByRole('button', { name: 'Jump to end' }).waitFor();
    await page.keyboard.press('Shift+G');
    await page.getByRole('button', { name: 'Jump to end' }).waitFor({ state: 'detached' });
  });

  it('of a run that has ended is shown from its end', async () => {
    const service = createFakeService();
    service.writeLog(runIdOf(9), lines(0, 96), 'work', true);
    const { page } = await openWindow(`#/brief/${briefIdOf(9)}/activity`, service);
    await page.locator('.log-row', { hasText: /line 95$/ }).waitFor();
  });

  it('finds text and jumps to it, by keys alone', async () => {
    const service = createFakeService();
    service.writeLog(RUN, `${lines(0, 9_000)}a Needle here\n${lines(0, 9_000)}another needle\n`);
    const { page } = await openWindow(ACTIVITY, service);
    await page.locator('.log-row', { hasText: 'another needle' }).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('needle');
    await page.getByTestId('found').getByText('1 of 2').waitFor();
    await page.locator('.log-row.current', { hasText: 'a Needle here' }).waitFor();
    await page.keyboard.press('Enter');
    await page.locator('.log-row.current', { hasText: 'another needle' }).waitFor();
    await page.keyboard.press('Shift+Enter');
    await page.locator('.log-row.current', { hasText: 'a Needle here' }).waitFor();
    await page.getByRole('button', { name: 'Match the case' }).click();
    await page.getByTestId('found').getByText('1 of 1').waitFor();
    await page.locator('.log-row.current', { hasText: 'another needle' }).waitFor();
    await page.locator('.log-box').focus();
    await page.keyboard.press('n');
    await page.locator('.log-row.current', { hasText: 'another needle' }).waitFor();
    // The choice is remembered.
    await page.reload();
    await page.getByRole('button', { name: 'Match the case', pressed: true }).waitFor();
    // What is written later is found too.
    await page.getByLabel('Find in log').fill('later');
    await page.getByTestId('found').getByText('none').waitFor();
    service.writeLog(RUN, 'much later\n');
    await page.getByTestId('found').getByText('1 of 1').waitFor();
    await page.keyboard.press('Escape');
    expect(await page.getByLabel('Find in log').inputValue()).toBe('');
  });

  it('says what came from stderr, in words too, and has red for what looks like an error alone', async () => {
    const service = createFakeService();
    service.writeLog(RUN, 'all is well\n');
    const { page } = await openWindow(ACTIVITY, service);
    const row = (text: string) => page.locator('.log-row', { hasText: text });
    const barOf = (text: string) => page.evaluate(`getComputedStyle([...document.querySelectorAll('.log-row')].find((row) => row.textContent.includes('${text}'))).borderLeftColor`);
    const red = await page.evaluate("(() => { const probe = document.body.appendChild(document.createElement('i')); probe.style.color = 'var(--red)'; return getComputedStyle(probe).color; })()");
    await row('all is well').waitFor();
    expect(await page.locator('.log-legend').count()).toBe(0);
    service.writeLog(RUN, 'receiving objects: 12 %\n', 'work', false, { stream: 'stderr' });
    service.writeLog(RUN, 'error: one\n');
    await page.locator('.log-legend', { hasText: 'stderr' }).waitFor();
    await expect.poll(() => barOf('error: one')).toBe(red);
    expect(await row('receiving objects').locator('.log-number').textContent()).toBe('2, stderr');
    expect([await barOf('all is well'), red]).not.toContain(await barOf('receiving objects'));
    expect(await row('error: one').locator('.log-number').textContent()).toBe('3');
  });

  it('jumps from error to error and says how many there are', async () => {
    const service = createFakeService();
    service.writeLog(RUN, `${lines(0, 3_000)}error: one\n0 errors\n${lines(0, 3_000)}FAILED two\n${lines(0, 200)}`);
    const { page } = await openWindow(ACTIVITY, service);
    await page.getByTestId('errors').getByText('2 errors').waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('g');
    await page.locator('.log-row', { hasText: /line 0$/ }).waitFor();
    await page.keyboard.press('e');
    await page.locator('.log-row.current', { hasText: 'error: one' }).waitFor();
    await page.keyboard.press('e');
    await page.locator('.log-row.current', { hasText: 'FAILED two' }).waitFor();
    await page.getByTestId('errors').getByText('2 of 2 errors').waitFor();
    await page.keyboard.press('Shift+E');
    await page.locator('.log-row.current', { hasText: 'error: one' }).waitFor();
  });

  it('shows hostile output as text', async () => {
    const service = createFakeService();
    service.writeLog(RUN, Buffer.concat([Buffer.from('<img src=x onerror="document.title=1">\n\x1b]0;owned\x07\x1b[31mred\x1b[0m\x1b[2J\x1b[1;1H\nname\u202egnp.exe\n10 %\r99 %\n'), Buffer.from([0xff, 0x00, 0x0a])]));
    const { page } = await openWindow(ACTIVITY, service);
    await page.getByText('<img src=x onerror="document.title=1">').waitFor();
    const red = page.locator('.log-text', { hasText: /^red$/ });
    await red.waitFor();
    expect(await page.evaluate<string>(`getComputedStyle(document.querySelector('.log-text .ansi-fg')).color`)).toContain('oklch');
    await page.getByText('\ufffd\ufffd').waitFor();
    await page.getByText('name‹U+202E›gnp.exe').waitFor();
    await page.locator('.log-text', { hasText: /^99 %$/ }).waitFor();
    expect(await page.title()).toBe('#12 Add retries to the HTTP client · Drydock');
    expect(await page.locator('.log-box img').count()).toBe(0);
  });

  it('shows the first of an endless line and how much more there is', async () => {
    const service = createFakeService();
    service.logs.makeUp(RUN, 24 * 1024 ** 2, (from, to) => Buffer.alloc(to - from, 0x61));
    service.writeLog(runIdOf(14), 'x');
    service.feed.state.progress = service.feed.state.progress.map((each) => (each.runId === RUN ? { ...each, logLength: 24 * 1024 ** 2, logEnded: true } : each));
    const { page } = await openWindow(ACTIVITY, service);
    await page.getByText('… 24 MiB more on this line').waitFor();
    await page.getByTestId('log-lines').getByText('1 line', { exact: true }).waitFor();
    expect((await page.locator('.log-text').textContent())?.length).toBe(8192);
    await page.getByRole('button', { name: 'Wrap long lines' }).click();
    await page.locator('.log-box.wrap').waitFor();
    await page.getByLabel('Find in log').fill('b');
    await page.getByTestId('found').getByText('none').waitFor();
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
});
