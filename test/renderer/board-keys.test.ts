import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { runIdOf } from './support/canned.ts';
import { drag } from './support/drag.ts';
import { focused } from './support/focused.ts';
import { useWindows } from './support/open-window.ts';
import { inTurn } from './support/in-turn.ts';

const openWindow = useWindows();
const card = (page: Page, number: number) => page.locator(`.board [data-brief="${number}"]`);
const inColumn = (page: Page, column: string, number: number) => page.locator(`[data-column="${column}"] [data-brief="${number}"]`);
const hasFocus = (page: Page, number: number) => expect.poll(() => focused(page, 'data-brief')).toBe(String(number));

describe('the board by the keyboard', () => {
  it('moves the focus over cards and columns, with arrows and with letters', async () => {
    const { page } = await openWindow();
    await card(page, 21).focus();
    await page.keyboard.press('ArrowDown');
    await hasFocus(page, 22);
    await page.keyboard.press('k');
    await hasFocus(page, 21);
    await page.keyboard.press('ArrowRight');
    await hasFocus(page, 17);
    await page.keyboard.press('l');
    await hasFocus(page, 12);
    await page.keyboard.press('End');
    await hasFocus(page, 14);
    await page.keyboard.press('h');
    await hasFocus(page, 18);
    // A column in a strip is passed over.
    await page.getByRole('button', { name: 'Collapse Running' }).click();
    await card(page, 18).focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => page.evaluate("document.activeElement?.closest('[data-column]')?.getAttribute('data-column')")).toBe('review');
  });

  it('rings a card with the first arrow or letter, where none has the focus yet', async () => {
    const { page } = await openWindow();
    await card(page, 21).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.locator('.board [data-brief="21"]:focus-visible').waitFor();
    await page.keyboard.press('ArrowDown');
    await hasFocus(page, 22);
    await inTurn(page, 'g', 'r');
    await page.locator('[data-waiting]:focus').first().waitFor();
    await page.getByRole('link', { name: 'Board' }).focus();
    await page.keyboard.press('Enter');
    await card(page, 22).waitFor();
    await page.keyboard.press('ArrowRight');
    await page.locator('.board [data-brief="22"]:focus-visible').waitFor();
    await page.reload();
    await card(page, 21).waitFor();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog', { name: 'Keyboard' }).waitFor({ state: 'detached' });
    await page.keyboard.press('j');
    await page.locator('.board [data-brief="21"]:focus-visible').waitFor();
    await page.keyboard.press('j');
    await hasFocus(page, 22);
  });

  it('launches, goes on to the next card, and takes the launch back', async () => {
    const { page, service } = await openWindow();
    await card(page, 21).focus();
    await page.keyboard.press('q');
    await inColumn(page, 'queued', 21).waitFor();
    await hasFocus(page, 22);
    await page.getByText('#21 is in the queue.').waitFor();
    await page.keyboard.press('z');
    await inColumn(page, 'backlog', 21).waitFor();
    // What came back has the focus: the next key is about it.
    await hasFocus(page, 21);
    expect(await page.locator('[data-column="backlog"] [data-brief]').first().getAttribute('data-brief')).toBe('21');
    expect(service.feed.state.runs.find((run) => run.id === runIdOf(21))?.state.name).toBe('cancelled');
  });

  it('offers to stop what has started in place of taking its launch back, with the usual question', async () => {
    const { page, service } = await openWindow();
    await card(page, 21).focus();
    await page.keyboard.press('q');
    await page.getByText('#21 is in the queue.').waitFor();
    const run = service.feed.state.runs.find((each) => each.id === runIdOf(21))!;
    service.putRun({ ...run, state: { name: 'working', container: 'c21' } });
    await page.getByText('#21 has started.').waitFor();
    expect(await page.getByText('is in the queue').count()).toBe(0);
    await page.keyboard.press('Control+z');
    await page.getByRole('dialog', { name: 'Cancel #21?' }).getByRole('button', { name: 'Cancel the run' }).click();
    await inColumn(page, 'backlog', 21).waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  it('says that a launch cannot be taken back any more where the window has not heard of its start yet', async () => {
    const { page, service } = await openWindow();
    await card(page, 21).focus();
    await page.keyboard.press('q');
    await page.getByText('#21 is in the queue.').waitFor();
    await inColumn(page, 'queued', 21).waitFor();
    service.feed.state.runs = service.feed.state.runs.map((run) => (run.id === runIdOf(21) ? { ...run, state: { name: 'working', container: 'c21' } } : run));
    await page.keyboard.press('Control+z');
    await page.getByRole('alert').getByText('#21 “Fix the parser for nested quotes” has started. The run is under way; cancelling it loses its work.').waitFor();
    await page.getByRole('alert').getByText('Stop the run, if what it has done may be lost.').waitFor();
    await inColumn(page, 'queued', 21).waitFor();
  });

  it('says that there is nothing to take back', async () => {
    const { page } = await openWindow();
    await card(page, 21).focus();
    await page.keyboard.press('Control+z');
    await page.getByRole('status').getByText('Nothing to take back.').waitFor();
  });

  it('has the card again after a refused drop, and a way from the message to its brief', async () => {
    const { page } = await openWindow();
    await card(page, 21).focus();
    await page.keyboard.press('Space');
    await page.locator('.card[data-lifted]').waitFor();
    for (const column of ['Queued', 'Running']) {
      await page.keyboard.press('ArrowRight');
      await page.getByText(`is over ${column}`).waitFor({ state: 'attached' });
    }
    await page.keyboard.press('Space');
    await page.getByRole('alert').waitFor();
    await inColumn(page, 'backlog', 21).waitFor();
    await hasFocus(page, 21);
    await page.getByRole('button', { name: 'Open the brief' }).click();
    await page.getByLabel('Goal').waitFor();
    await page.getByRole('alert').waitFor({ state: 'detached' });
  });

  it('takes the newest failure away with Escape, and others of the place when it is left', async () => {
    const { page } = await openWindow();
    const refuseDrop = async (number: number): Promise<void> => {
      await drag(page, number, 'running');
      await page.getByRole('alert').getByText(`#${number} `).waitFor();
    };
    await refuseDrop(21);
    await refuseDrop(22);
    await page.keyboard.press('Escape');
    await page.getByRole('alert').getByText('#22 ').waitFor({ state: 'detached' });
    expect(await page.getByRole('alert').count()).toBe(1);
    await inTurn(page, 'g', 's');
    await page.getByRole('alert').waitFor({ state: 'detached' });
  });

  it('lets a failure go by itself after a minute, and not sooner', async () => {
    const { page } = await openWindow();
    await card(page, 21).waitFor();
    await page.clock.install();
    await drag(page, 21, 'running');
    await page.getByRole('alert').waitFor();
    await page.mouse.move(5, 400);
    await page.clock.fastForward(50_000);
    expect(await page.getByRole('alert').count()).toBe(1);
    await page.clock.fastForward(11_000);
    await page.getByRole('alert').waitFor({ state: 'detached' });
  });

  it('closes, deletes after a question, and brings both back', async () => {
    const { page, service } = await openWindow();
    await card(page, 9).focus();
    await page.keyboard.press('c');
    await inColumn(page, 'done', 9).waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await inColumn(page, 'review', 9).waitFor();

    await card(page, 22).focus();
    await page.keyboard.press('Delete');
    await page.getByRole('dialog', { name: 'Delete #22?' }).getByRole('button', { name: 'Delete', exact: true }).click();
    await card(page, 22).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).click();
    await inColumn(page, 'backlog', 24).getByText('Replace moment').waitFor();
    await hasFocus(page, 24);
    await expect.poll(() => service.feed.state.briefs.find((brief) => brief.number === 24)!.rank).toBeLessThan(23);
  });

  it('adds goals one after the other, and keeps one that was not added', async () => {
    const { page, service } = await openWindow();
    await card(page, 21).focus();
    await page.keyboard.press('n');
    const field = page.getByLabel('Goal of a new brief');
    await field.fill('First thing');
    await page.keyboard.press('Enter');
    await field.fill('Second thing');
    await page.keyboard.press('Enter');
    await page.locator('[data-column="backlog"]').getByText('Second thing').waitFor();
    expect(service.feed.state.briefs.map((brief) => brief.text.goal)).toEqual(expect.arrayContaining(['First thing', 'Second thing']));
    // Keys of the board are letters here, and nothing is added twice or empty.
    await field.fill('');
    await page.keyboard.press('Enter');
    await page.keyboard.type('xq half a thought');
    await page.keyboard.press('Escape');
    await field.waitFor({ state: 'detached' });
    // The one that was added last.
    await hasFocus(page, 25);
    await page.reload();
    await card(page, 21).focus();
    await page.keyboard.press('n');
    expect(await field.inputValue()).toBe('xq half a thought');
    expect(service.feed.state.briefs.filter((brief) => brief.text.goal === '' || brief.text.goal.includes('half')).length).toBe(0);
  });

  it('remembers which columns are strips; a card can still be dropped there', async () => {
    const { page, service } = await openWindow();
    await page.locator('[data-column="queued"]').hover();
    await page.getByRole('button', { name: 'Collapse Queued' }).click();
    await page.getByRole('button', { name: 'Expand Queued' }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Expand Queued' }).waitFor();
    await card(page, 21).focus();
    await page.keyboard.press('Space');
    await page.locator('.card[data-lifted]').waitFor();
    await page.keyboard.press('ArrowRight');
    await page.getByText('is over Queued').waitFor({ state: 'attached' });
    await page.keyboard.press('Space');
    await expect.poll(() => service.feed.state.briefs.find((brief) => brief.number === 21)?.currentRun).toBe(runIdOf(21));
    await page.getByRole('button', { name: 'Expand Queued' }).click();
    await inColumn(page, 'queued', 21).waitFor();
  });

  it('names keys before anything has the focus, where there is a keyboard', async () => {
    const { page, service } = await openWindow();
    const hint = page.locator('.key-hint');
    // What nobody is on is not meant.
    await page.keyboard.press('q');
    await hint.getByText('all keys').waitFor();
    for (const word of ['move', 'open', 'lift', 'launch']) await hint.getByText(word).waitFor();
    expect(service.feed.state.briefs.filter(({ currentRun }) => currentRun === null).map(({ number }) => number)).toContain(21);
    await card(page, 21).focus();
    await page.keyboard.press('Space');
    for (const word of ['carry', 'drop', 'put back']) await hint.getByText(word).waitFor();
    await page.keyboard.press('Escape');
    await hint.getByText('launch').waitFor();
    const touched = await openWindow('', undefined, { hasTouch: true, isMobile: true });
    await touched.page.locator('.board').waitFor();
    expect(await touched.page.locator('.key-hint').isVisible()).toBe(false);
  });

  it('tells every key in the sheet', async () => {
    const { page } = await openWindow();
    await card(page, 21).focus();
    await page.keyboard.press('?');
    const sheet = page.getByRole('dialog', { name: 'Keyboard' });
    for (const title of ['Launch', 'Put into the backlog', 'Card below', 'Open the card', 'Lift the card, and drop it', 'Search the cards', 'Select the card', 'More actions of the card', 'More actions of the project']) await sheet.getByText(title, { exact: true }).waitFor();
  });
});
