import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { briefIdOf } from './support/canned.ts';
import { REVIEW, serviceWithResult } from './support/canned-review.ts';
import { useWindows } from './support/open-window.ts';
import { inTurn } from './support/in-turn.ts';

const openWindow = useWindows();
/** The machine may be busy: what is awaited has time. */
const soon = (read: () => unknown) => expect.poll(read, { timeout: 10_000 });
const palette = (page: Page) => page.getByRole('dialog', { name: 'Command palette' });
const open = async (page: Page): Promise<void> => {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.keyboard.press('Control+k');
  await palette(page).waitFor();
};

describe('the command palette', () => {
  it('runs the first that matches with Enter, by words in any order', async () => {
    const { page } = await openWindow('#/fleet');
    await open(page);
    await page.keyboard.type('queue go');
    await palette(page).getByRole('menuitem', { name: 'Go to the review queue' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Review' }).waitFor();
    await palette(page).waitFor({ state: 'detached' });
  });

  it('does what stands first with Enter, before anything is typed', async () => {
    const { page } = await openWindow('#/history');
    await open(page);
    const first = palette(page).getByRole('menuitem').first();
    await soon(() => first.getAttribute('data-focused')).toBe('true');
    await page.keyboard.type('go to the fleet');
    await page.keyboard.press('Enter');
    await page.waitForURL(/#\/fleet/);
    await open(page);
    await soon(() => first.getAttribute('data-focused')).toBe('true');
    await page.keyboard.press('Enter');
    await palette(page).waitFor({ state: 'detached' });
  });

  it('opens a brief by its number, chosen with the arrow keys', async () => {
    const { page } = await openWindow('#/fleet');
    await open(page);
    await page.keyboard.type('re');
    await palette(page).getByText('Briefs').waitFor();
    await page.keyboard.press('ArrowUp');
    await palette(page).getByRole('searchbox').fill('#12');
    await palette(page).getByRole('menuitem', { name: '#12 Add retries' }).waitFor();
    await page.keyboard.press('Enter');
    await soon(() => page.url()).toContain(briefIdOf(12));
  });

  it('shows what was run last above all, and keeps it', async () => {
    const { page } = await openWindow('#/fleet');
    await open(page);
    await page.keyboard.type('history');
    await palette(page).getByRole('menuitem', { name: 'Go to the history' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('grid', { name: 'Runs' }).waitFor();
    await page.reload();
    await open(page);
    await palette(page).getByRole('group', { name: 'Recent' }).getByRole('menuitem', { name: 'Go to the history' }).waitFor();
    expect(await palette(page).getByRole('menuitem', { name: 'Go to the history' }).count()).toBe(1);
  });

  it('offers of the board what can be done with the card that is meant, and nothing without one', async () => {
    const { page } = await openWindow();
    await page.locator('.board [data-brief="21"]').waitFor();
    await open(page);
    const offered = (name: string) => palette(page).getByRole('menuitem', { name, exact: true });
    await offered('Add a project').waitFor();
    expect(await offered('Launch').count()).toBe(0);
    await page.keyboard.press('Escape');
    await page.locator('.board [data-brief="21"]').focus();
    await open(page);
    await offered('Launch').getByText('#21').waitFor();
    expect(await offered('Move to the top of the queue').count()).toBe(0);
    await offered('Add a project').click();
    await page.getByLabel('Folder of a git repository').waitFor();
  });

  it('says when nothing is called that, closes with Escape at once, and gives the focus back', async () => {
    const { page } = await openWindow('#/settings/quitting');
    const radio = page.getByRole('radio', { name: /^Ask/ });
    await radio.focus();
    await open(page);
    await page.keyboard.type('teleport');
    await page.getByText('Nothing is called that').waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await palette(page).waitFor({ state: 'detached' });
    await soon(() => radio.evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true);
  });

  it('shows the keys of the place, and no key acts under it', async () => {
    const { page } = await openWindow('#/history');
    await page.getByRole('grid', { name: 'Runs' }).waitFor();
    await page.keyboard.press('?');
    const sheet = page.getByRole('dialog', { name: 'Keyboard' });
    await sheet.getByText('Next run').waitFor();
    await inTurn(page, 'g', 'b');
    expect(page.url()).toContain('#/history');
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    await inTurn(page, 'g', 'b');
    await soon(() => page.url()).toContain('#/board');
  });

  it('shows all keys of the review at once in a window of the usual size', async () => {
    const { page } = await openWindow(REVIEW, serviceWithResult(), { viewport: { width: 1440, height: 900 } });
    await page.getByTestId('viewed').waitFor();
    await page.keyboard.press('?');
    const inside = page.getByRole('dialog', { name: 'Keyboard' }).locator('.dialog-body');
    await soon(() => inside.evaluate((body) => body.scrollHeight <= body.clientHeight && body.scrollWidth <= body.clientWidth)).toBe(true);
  });

  it('shows the end of more keys than fit in the window by keys alone', async () => {
    const { page } = await openWindow('#/board');
    await page.setViewportSize({ width: 1280, height: 300 });
    await page.locator('.board [data-brief="21"]').focus();
    await page.keyboard.press('?');
    const body = page.getByRole('dialog', { name: 'Keyboard' }).locator('.dialog-body');
    await body.waitFor();
    const left = () => body.evaluate((each) => each.scrollHeight - each.clientHeight - each.scrollTop);
    const all = await left();
    expect(all).toBeGreaterThan(0);
    await page.keyboard.press('PageDown');
    await soon(left).toBeLessThan(all);
    await page.keyboard.press('End');
    await soon(left).toBeLessThan(2);
  });

  it('names the menus of a card and of a project, each with its key', async () => {
    const { page } = await openWindow('#/board');
    await page.locator('.board [data-brief="21"]').focus();
    for (const [title, key] of [['More actions of the card', 'M'], ['More actions of the project', 'P']] as const) {
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'Keyboard' }).locator('dl > div', { hasText: title }).getByText(key, { exact: true }).waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await open(page);
      await page.keyboard.type(title);
      await palette(page).getByRole('menuitem', { name: title }).getByText(key, { exact: true }).waitFor();
      await page.keyboard.press('Escape');
      await palette(page).waitFor({ state: 'detached' });
    }
    await page.keyboard.press('p');
    await soon(() => page.evaluate('document.activeElement.textContent')).toBe('Add project…');
    await page.keyboard.press('Escape');
    await page.getByRole('menu').waitFor({ state: 'detached' });
    await page.locator('.board [data-brief="21"]').focus();
    await page.keyboard.press('m');
    await page.getByRole('menu', { name: 'Actions of #21' }).waitFor();
  });
});
