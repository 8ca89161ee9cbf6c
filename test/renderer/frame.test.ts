import { describe, expect, it } from 'vitest';
import { briefIdOf, cannedFleet, projectIdOf } from './support/canned.ts';
import { createFakeService } from './support/fake-service.ts';
import { useWindows } from './support/open-window.ts';

const openWindow = useWindows();
/** The machine may be busy: what is awaited has time. */
const soon = (read: () => unknown) => expect.poll(read, { timeout: 10_000 });

describe('the frame', () => {
  it('titles the window by its place', async () => {
    const { page, service } = await openWindow(`#/brief/${briefIdOf(12)}/activity`);
    await soon(() => page.title()).toBe('#12 Add retries to the HTTP client · Drydock');
    const brief = service.feed.state.briefs.find((each) => each.number === 12)!;
    service.put({ ...brief, text: { ...brief.text, goal: 'Retry\u202e twice\nand more' } });
    await soon(() => page.title()).toBe('#12 Retry‹U+202E› twice · Drydock');
    await page.getByRole('link', { name: 'Fleet', exact: true }).click();
    await soon(() => page.title()).toBe('Fleet · Drydock');
    await page.goto(`${page.url().split('#')[0]}#/board?project=${projectIdOf('api')}`);
    await soon(() => page.title()).toBe('Board · api · Drydock');
  });

  it('lets the keyboard skip to the content, the first stop of all', async () => {
    const { page } = await openWindow('#/settings/about');
    await page.getByText('There is no account').waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to content');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.tagName')).toBe('MAIN');
    expect(page.url()).toMatch(/#\/settings\/about$/);
  });

  it('has one main, one heading and the places as landmarks on every page of the rail', async () => {
    const { page } = await openWindow();
    for (const place of ['Board', 'Review', 'Fleet', 'History', 'Settings']) {
      await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: place }).click();
      await page.getByRole('heading', { level: 1, name: place, exact: true }).waitFor();
      expect(await page.getByRole('main').count()).toBe(1);
      expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
    }
  });

  it('goes back to its last place when it is opened without one', async () => {
    const { page, server } = await openWindow('#/history?text=parser');
    await page.getByRole('searchbox').waitFor();
    await page.goto('about:blank');
    await page.goto(server.url);
    await soon(() => page.getByRole('searchbox').inputValue()).toBe('parser');
    // Another window begins where any was last.
    const other = await page.context().newPage();
    await other.goto(server.url);
    await soon(() => other.getByRole('searchbox').inputValue()).toBe('parser');
    await other.getByRole('link', { name: 'Fleet', exact: true }).click();
    await other.getByRole('heading', { name: 'Fleet' }).waitFor();
    await page.goto('about:blank');
    await page.goto(server.url);
    await page.getByRole('heading', { name: 'History' }).waitFor();
  });

  it('marks the place that the environment was opened from', async () => {
    const { page } = await openWindow('#/settings');
    const marked = () => page.locator('.rail [aria-current]').allTextContents();
    await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('e');
    await page.getByRole('heading', { name: 'Environment', level: 1 }).waitFor();
    expect(await marked()).toEqual(['Settings']);
    await page.goto(`${page.url().split('#')[0]}#/board`);
    await page.locator('.board').waitFor();
    await page.goto(`${page.url().split('#')[0]}#/project/${projectIdOf('api')}`);
    await page.getByRole('heading', { name: 'Environment', level: 1 }).waitFor();
    expect(await marked()).toEqual(['Board']);
  });

  it.each([560, 1440])('has a message stand above what is pressed at the foot of a page, %i pixels wide', async (width) => {
    const { page } = await openWindow(`#/project/${projectIdOf('api')}`, undefined, { viewport: { width, height: 800 } });
    await page.locator('.environment-bar').waitFor();
    await page.evaluate('document.activeElement.blur()');
    await page.keyboard.press('Control+z');
    await page.getByText('Nothing to take back.').waitFor();
    const [toast, bar] = await Promise.all([page.locator('.toast').boundingBox(), page.locator('.environment-bar').boundingBox()]);
    expect(toast!.y + toast!.height).toBeLessThanOrEqual(bar!.y);
    expect(toast!.y + toast!.height).toBeGreaterThan(bar!.y - 40);
  });

  it('takes an address that names no place to the board', async () => {
    const { page } = await openWindow('#/nonsense/%E0%A4%A/x');
    await page.locator('[data-column="backlog"]').waitFor();
    await soon(() => page.url()).toMatch(/#\/board$/);
  });

  it('says in every head that little disk is left, once that is known', async () => {
    const fleet = cannedFleet();
    fleet.pauses = [{ projectId: null, since: 1, fault: { code: 'diskFull', message: 'The disk is full.', next: 'Free some space.' } }];
    const { page } = await openWindow('#/settings/about', createFakeService(fleet));
    await page.getByTestId('engine').getByText('Disk low').waitFor();
    const free = page.getByRole('link', { name: 'Free space' });
    await free.click();
    await page.getByRole('heading', { level: 1, name: 'Fleet' }).waitFor();
    expect(await free.count()).toBe(0);
  });

  it.each([{ width: 900, height: 800 }, { width: 720, height: 450 }])('fits into $width × $height without a bar of its own', async (viewport) => {
    const { page } = await openWindow('#/fleet', createFakeService(), { viewport });
    await page.getByText('1.4 of 2').waitFor();
    for (const place of ['Fleet', 'History', 'Settings']) {
      await page.getByRole('link', { name: place, exact: true }).click();
      await page.getByRole('heading', { level: 1, name: place }).waitFor();
      expect(await page.evaluate('[document.documentElement.scrollWidth, document.documentElement.scrollHeight]')).toEqual([viewport.width, viewport.height]);
      expect(await page.evaluate("(() => { const rail = document.querySelector('.rail'); return rail.scrollHeight - rail.clientHeight; })()")).toBe(0);
    }
  });
});
