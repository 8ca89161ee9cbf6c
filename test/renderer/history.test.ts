import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { runIdOf } from './support/canned.ts';
import { manyRows } from './support/fake-history.ts';
import { createFakeService } from './support/fake-service.ts';
import { refuse } from './support/refuse.ts';
import { useWindows } from './support/open-window.ts';

const openWindow = useWindows();
/** The machine may be busy: what is awaited has time. */
const soon = (read: () => unknown) => expect.poll(read, { timeout: 10_000 });
const grid = (page: Page) => page.getByRole('grid', { name: 'Runs' });
const row = (page: Page, name: RegExp) => grid(page).getByRole('row', { name });
const field = (page: Page) => page.getByRole('searchbox', { name: 'Search the history' });
const withRows = (count: number) => {
  const service = createFakeService();
  service.history.past = manyRows(count);
  return service;
};

describe('the history', () => {
  it('finds by words, marks them, and keeps the search in the address', async () => {
    const { page } = await openWindow('#/history', withRows(300));
    await row(page, /Bump dependencies/).first().waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('flaky');
    await page.getByText('43 runs').waitFor();
    expect(await grid(page).locator('mark').first().textContent()).toBe('flaky');
    expect(page.url()).toContain('text=flaky');
    await page.reload();
    await page.getByText('43 runs').waitFor();
    expect(await field(page).inputValue()).toBe('flaky');
    await field(page).focus();
    await page.keyboard.press('Escape');
    await page.getByText('100 runs, and more').waitFor();
  });

  it('shows text as text', async () => {
    const service = createFakeService();
    service.history.past = manyRows(1).map((each) => ({ ...each, goal: '<img src=x onerror="document.title=1"> parser', snippet: '…the <script>parser</script>\u202e line' }));
    const { page } = await openWindow('#/history?text=parser%20(%20[%20<b>', service);
    await field(page).fill('parser');
    await grid(page).getByText('<img src=x').waitFor();
    await grid(page).getByText('‹U+202E›').waitFor();
    expect(await grid(page).locator('img, script').count()).toBe(0);
  });

  it('narrows by state, project and time, and shows every run again', async () => {
    const { page, service } = await openWindow('#/history', withRows(300));
    await page.getByRole('grid', { name: 'States' }).getByRole('row', { name: 'Timed out' }).click();
    await page.getByText('43 runs').waitFor();
    await page.getByRole('radio', { name: '7 days' }).click();
    await soon(() => page.url()).toMatch(/state=timedout/);
    expect(page.url()).toMatch(/since=7/);
    await page.getByRole('button', { name: 'All projects' }).click();
    await page.getByRole('option', { name: 'sample' }).click();
    await soon(() => service.history.queries.at(-1)).toMatchObject({ standings: ['timedOut'], since: expect.any(Number), projectId: expect.any(String) });
    await field(page).fill('no such thing');
    await page.getByText('No run matches').waitFor();
    await page.getByRole('button', { name: 'Show every run' }).click();
    await page.getByText('100 runs, and more').waitFor();
    expect(await field(page).inputValue()).toBe('');
  });

  it('says what was decided, and narrows by it', async () => {
    const service = createFakeService();
    const brief = (number: number) => service.feed.state.briefs.find((each) => each.number === number) ?? expect.fail('no brief');
    service.put({ ...brief(9), currentRun: null });
    service.put({ ...brief(7), decision: 'closed' });
    const { page } = await openWindow('#/history', service);
    await row(page, /#9/).getByText('Sent back').waitFor();
    await row(page, /#7/).getByText('Closed').waitFor();
    const states = page.getByRole('grid', { name: 'States' });
    await states.getByRole('row', { name: 'Closed' }).click();
    await page.getByText('1 run', { exact: true }).waitFor();
    await states.getByRole('row', { name: 'Landed' }).click();
    await soon(() => service.history.queries.at(-1)).toMatchObject({ standings: ['landed', 'closed'] });
    await row(page, /#5/).getByText('Landed').waitFor();
    // What is decided now is seen at once.
    service.put({ ...brief(7), decision: null });
    await row(page, /#7/).locator('.history-state').getByText('No changes').waitFor();
  });

  it('never shows an answer to a question that is no longer asked', async () => {
    const service = withRows(300);
    let release = (): void => undefined;
    service.history.before = (query) => (query.text === 'flaky' ? new Promise((resolve) => (release = resolve)) : Promise.resolve());
    const { page } = await openWindow('#/history', service);
    await row(page, /Bump dependencies/).first().waitFor();
    await field(page).fill('flaky');
    await soon(() => service.history.queries.at(-1)?.text).toBe('flaky');
    // What was found before stays in sight while the next answer is awaited.
    expect(await row(page, /Bump dependencies/).count()).toBeGreaterThan(0);
    await field(page).fill('sweep');
    await page.getByText('44 runs').waitFor();
    release();
    await field(page).fill('sweep ');
    await soon(() => grid(page).locator('mark').first().textContent()).toBe('sweep');
    expect(await row(page, /flaky/).count()).toBe(0);
  });

  it('is read by the keyboard to its end, and opens the run that was chosen', async () => {
    const { page } = await openWindow('#/history', withRows(250));
    await row(page, /Bump dependencies/).first().waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    await soon(() => page.evaluate('document.activeElement.dataset.index')).toBe('1');
    for (let presses = 0; presses < 4 && (await page.getByText('258 runs').count()) === 0; presses += 1) {
      const before = await page.getByRole('status').filter({ hasText: 'runs' }).textContent();
      await page.keyboard.press('End');
      await soon(() => page.getByRole('status').filter({ hasText: 'runs' }).textContent()).not.toBe(before);
    }
    await page.keyboard.press('End');
    await soon(() => page.evaluate('document.activeElement.dataset.index')).toBe('257');
    // Only what is seen is drawn.
    expect(await grid(page).getByRole('row').count()).toBeLessThan(80);
    await page.keyboard.press('Home');
    await soon(() => page.evaluate('document.activeElement.dataset.index')).toBe('0');
    await page.keyboard.press('ArrowDown');
    await soon(() => page.evaluate('document.activeElement.dataset.index')).toBe('1');
    await page.keyboard.press('Enter');
    await soon(() => page.url()).toMatch(/#\/brief\/brf_\w+\/activity\?run=run_\w+$/);
  });

  it('is read as soon as the service is back, when that went away before it had answered', async () => {
    const service = withRows(3);
    let isHeld = true;
    service.history.before = () => (isHeld ? new Promise(() => undefined) : Promise.resolve());
    const { page, server } = await openWindow('#/history', service);
    await page.getByRole('status', { name: 'Loading the history' }).waitFor();
    await soon(() => service.history.queries.length).toBe(1);
    server.cut(true);
    await page.getByText('The history cannot be read now').waitFor();
    isHeld = false;
    server.accept();
    await row(page, /Bump dependencies/).first().waitFor();
  });

  it('keeps what was typed while the service is away, says whose answer is shown, and answers when it is back', async () => {
    const { page, server, service } = await openWindow('#/history', withRows(300));
    await page.getByText('100 runs, and more').waitFor();
    server.cut(true);
    await page.getByText('As last read; the service is not answering.').waitFor();
    await field(page).fill('flaky');
    await page.getByText('These are the runs of the search before').waitFor();
    await row(page, /#8 /).first().focus();
    await page.keyboard.press('r');
    await page.getByText('again when it is back.').waitFor();
    server.accept();
    await page.getByText('43 runs').waitFor();
    expect(await field(page).inputValue()).toBe('flaky');
    expect(await page.getByText(/These are the runs|As last read/).count()).toBe(0);
    expect(service.requests).toEqual([]);
  });

  it('runs one again, and says why where it cannot', async () => {
    const { page, service } = await openWindow('#/history');
    await row(page, /#8/).getByRole('button', { name: 'Run #8 again' }).click();
    await page.getByText('#8 is queued again').waitFor();
    await soon(() => service.feed.state.runs.find((run) => run.id === runIdOf(8))?.state.name).toBe('queued');
    expect(await row(page, /#12/).getByRole('button').count()).toBe(0);
  });

  it('says what went wrong, keeps what was typed, and tries again', async () => {
    const service = withRows(10);
    service.history.before = async (query) => {
      if (query.text === 'flaky') refuse({ code: 'internal', message: 'The index could not be read.', next: 'Try again.' });
    };
    const { page } = await openWindow('#/history', service);
    await row(page, /Bump/).first().waitFor();
    await field(page).fill('flaky');
    await page.getByText('The index could not be read.').waitFor();
    expect(await field(page).inputValue()).toBe('flaky');
    service.history.before = async () => undefined;
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('2 runs').waitFor();
    await page.getByText('The index could not be read.').waitFor({ state: 'detached' });
  });
});
