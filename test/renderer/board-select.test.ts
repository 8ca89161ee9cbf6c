import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { briefIdOf, cannedFleet } from './support/canned.ts';
import { createFakeService } from './support/fake-service.ts';
import { focused } from './support/focused.ts';
import { useWindows } from './support/open-window.ts';

const openWindow = useWindows();
const card = (page: Page, number: number) => page.locator(`.board [data-brief="${number}"]`);
const inColumn = (page: Page, column: string, number: number) => page.locator(`[data-column="${column}"] [data-brief="${number}"]`);
const bar = (page: Page) => page.getByRole('toolbar', { name: 'Selected briefs' });

describe('several briefs at once', () => {
  it('are chosen with x, with Shift and with Ctrl, and let go with Escape', async () => {
    const { page } = await openWindow();
    await card(page, 21).focus();
    await page.keyboard.press('x');
    await bar(page).getByText('1 selected').waitFor();
    await page.keyboard.press('Shift+ArrowDown');
    await bar(page).getByText('2 selected').waitFor();
    await card(page, 23).click({ modifiers: ['Shift'] });
    await bar(page).getByText('3 selected').waitFor();
    await card(page, 22).click({ modifiers: ['Control'] });
    await bar(page).getByText('2 selected').waitFor();
    await card(page, 22).getByText('Selected').waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await bar(page).waitFor({ state: 'detached' });
    await card(page, 21).focus();
    await page.keyboard.press('Control+a');
    await bar(page).getByText('3 selected').waitFor();
  });

  it('are launched together; what is refused is told once', async () => {
    const fleet = cannedFleet();
    const { page, service } = await openWindow('', createFakeService(fleet));
    for (const number of [21, 22, 23]) await card(page, number).click({ modifiers: ['Control'] });
    // Two of them are gone by the time the command comes.
    service.feed.state.briefs = service.feed.state.briefs.filter((brief) => brief.number !== 21 && brief.number !== 23);
    await bar(page).getByRole('button', { name: 'Launch' }).click();
    await inColumn(page, 'queued', 22).waitFor();
    const told = page.getByRole('alert');
    await told.getByText('2 of 3 stay out of Queued. #21, #23: There is no such brief.').waitFor();
    expect(await told.count()).toBe(1);
  });

  it('go together when one of them is dragged', async () => {
    const { page, service } = await openWindow();
    for (const number of [21, 23]) await card(page, number).click({ modifiers: ['Control'] });
    await card(page, 21).focus();
    await page.keyboard.press('Space');
    await page.locator('.card[data-lifted]').getByText('2 briefs').waitFor();
    await page.keyboard.press('ArrowRight');
    await page.getByText('is over Queued').waitFor({ state: 'attached' });
    await page.keyboard.press('Space');
    await inColumn(page, 'queued', 21).waitFor();
    await inColumn(page, 'queued', 23).waitFor();
    await expect.poll(() => service.feed.state.briefs.filter((brief) => brief.currentRun !== null && [21, 23].includes(brief.number)).length).toBe(2);
  });

  it('are deleted after a question with their number; a run asks for its own', async () => {
    const { page } = await openWindow();
    for (const number of [21, 22, 12]) await card(page, number).click({ modifiers: ['Control'] });
    await bar(page).getByRole('button', { name: 'Delete 2…' }).click();
    await page.getByRole('dialog', { name: 'Delete 2 briefs?' }).getByRole('button', { name: 'Delete 2' }).click();
    await card(page, 22).waitFor({ state: 'detached' });
    await bar(page).getByText('1 selected').waitFor();
    await bar(page).getByRole('button', { name: 'Put into backlog' }).click();
    await page.getByRole('dialog', { name: 'Cancel #12?' }).getByRole('button', { name: 'Cancel the run' }).click();
    await inColumn(page, 'backlog', 12).waitFor();
  });

  it('get labels, and lose them', async () => {
    const fleet = cannedFleet();
    fleet.briefs.find((brief) => brief.number === 21)!.text.labels = ['old', 'kept'];
    const { page, service } = await openWindow('', createFakeService(fleet));
    for (const number of [21, 22]) await card(page, number).click({ modifiers: ['Control'] });
    await page.keyboard.press('a');
    const dialog = page.getByRole('dialog', { name: 'Labels of 2 briefs' });
    await dialog.getByText('1 of 2 have it').first().waitFor();
    expect(await dialog.locator('.checkbox', { hasText: 'old' }).locator('input:indeterminate').count()).toBe(1);
    await dialog.getByText('old').click();
    await dialog.getByText('old').click();
    await dialog.getByLabel('New label').fill('fresh');
    await dialog.getByRole('button', { name: 'Save labels' }).click();
    await card(page, 22).getByText('fresh').waitFor();
    const labels = (number: number) => service.feed.state.briefs.find((brief) => brief.number === number)!.text.labels;
    await expect.poll(() => labels(22)).toEqual(['fresh']);
    expect(labels(21)).toEqual(['kept', 'fresh']);
  });
});

describe('a card', () => {
  it('has all it can do in a menu, by a right click, its button and the keyboard', async () => {
    const { page } = await openWindow();
    await card(page, 17).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Put into the backlog' }).click();
    await inColumn(page, 'backlog', 17).waitFor();
    await card(page, 18).hover();
    await card(page, 18).getByRole('button', { name: 'Actions of #18' }).click();
    await page.getByRole('menuitem', { name: 'Move to the top of the queue' }).waitFor();
    await page.keyboard.press('Escape');
    await card(page, 23).focus();
    await page.keyboard.press('m');
    await page.getByRole('menuitem', { name: 'Launch' }).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => focused(page, 'data-brief')).toBe('23');
  });

  it('says what it overlaps, and is queued behind it with one click', async () => {
    const fleet = cannedFleet();
    const overlap = (number: number) => [{ briefId: briefIdOf(number), number, kind: 'files' as const, count: 30, paths: ['src/a.ts', 'src/b\u001b[31m.ts'] }];
    fleet.overlaps = { [briefIdOf(17)]: overlap(12), [briefIdOf(12)]: overlap(17) };
    const { page, service } = await openWindow('', createFakeService(fleet));
    await card(page, 12).getByRole('button', { name: 'Overlaps #17' }).click();
    await page.getByRole('dialog', { name: 'What #12 overlaps' }).getByText('Both have changed 30 files').waitFor();
    expect(await page.getByRole('button', { name: 'Queue behind #17' }).count()).toBe(0);
    await page.keyboard.press('Escape');
    await card(page, 17).getByRole('button', { name: 'Overlaps #12' }).click();
    await page.getByText('src/b‹ESC›[31m.ts').waitFor();
    await page.getByRole('button', { name: 'Queue behind #12' }).click();
    await expect.poll(() => service.feed.state.briefs.find((brief) => brief.number === 17)?.text.after).toEqual([12]);
    // The same attempt, at the same place: it only waits.
    expect(service.feed.state.runs.filter((run) => run.briefId === briefIdOf(17)).map(({ attempt, state, order }) => [attempt, state.name, order.text.after])).toEqual([[1, 'queued', [12]]]);
    expect(await page.locator('[data-column="queued"] [data-brief]').evaluateAll((cards) => cards.map((each) => each.getAttribute('data-brief')))).toEqual(['17', '18']);
    await card(page, 17).getByRole('button', { name: 'Overlaps #12' }).click();
    await page.getByRole('button', { name: 'Do not wait for #12' }).click();
    await expect.poll(() => service.feed.state.runs.find((run) => run.briefId === briefIdOf(17))?.order.text.after).toEqual([]);
  });

  it('that is first in the queue and only waits for room is next', async () => {
    const fleet = cannedFleet();
    const { page } = await openWindow('', createFakeService(fleet));
    await card(page, 17).getByText('next', { exact: true }).waitFor();
    expect(await card(page, 18).getByText('next', { exact: true }).count()).toBe(0);
  });
});
