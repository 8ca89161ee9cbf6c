import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { cannedFleet, projectIdOf, runIdOf } from './support/canned.ts';
import { REVIEWED, serviceWithResult } from './support/canned-review.ts';
import { createFakeService } from './support/fake-service.ts';
import { focused } from './support/focused.ts';
import { useWindows } from './support/open-window.ts';

const openWindow = useWindows();
const card = (page: Page, number: number) => page.locator(`.board [data-brief="${number}"]`);
const numbers = (page: Page) => page.locator('.board [data-brief]').evaluateAll((cards) => cards.map((each) => Number(each.getAttribute('data-brief'))).sort((a, b) => a - b));
const labelled = () => {
  const fleet = cannedFleet();
  fleet.briefs.find((brief) => brief.number === 21)!.text.labels = ['parser', 'a, b'];
  fleet.briefs.find((brief) => brief.number === 9)!.text.labels = ['docs'];
  return createFakeService(fleet);
};

describe('what narrows the board', () => {
  it('is words: typed after /, kept in the address, counted, cleared', async () => {
    const { page } = await openWindow('', labelled());
    await card(page, 21).focus();
    await page.keyboard.press('/');
    await page.keyboard.type('parser nested');
    await expect.poll(() => numbers(page)).toEqual([21]);
    await page.locator('[data-column="backlog"] h2').getByText('1 of 3').waitFor();
    expect(page.url()).toContain('text=parser+nested');
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => focused(page, 'data-brief')).toBe('21');
    await page.reload();
    await expect.poll(() => numbers(page)).toEqual([21]);
    await page.getByLabel('Search the cards').fill('nothing is called this');
    await page.getByRole('heading', { name: 'No card matches' }).waitFor();
    await page.getByRole('button', { name: 'Clear the filters' }).click();
    await expect.poll(async () => (await numbers(page)).length).toBe(11);
    expect(page.url()).not.toContain('text');
  });

  it('is a number too, and what is typed cannot break it', async () => {
    const { page } = await openWindow('#/board?text=%2312&state=nonsense,&label=100%25');
    // A label that cannot be decoded is looked for as it is: nothing has it.
    await page.getByText('No card matches').waitFor();
    await page.getByRole('row', { name: '100%' }).getByRole('button').click();
    await expect.poll(() => numbers(page)).toEqual([12]);
  });

  it('by failed checks leaves out what fails on the base as well', async () => {
    const service = serviceWithResult({ checked: 'failed' });
    const { page } = await openWindow('#/board?state=checksFailed', service);
    await expect.poll(() => numbers(page)).toContain(REVIEWED);
    const run = service.feed.state.runs.find(({ id }) => id === runIdOf(REVIEWED)) ?? expect.fail('no run');
    service.putRun({ ...run, turns: run.turns.map((turn) => ({ ...turn, checks: turn.checks.map((check) => (check.check === 0 ? { ...check, exitCode: 1 } : check)) })) });
    await expect.poll(() => numbers(page)).not.toContain(REVIEWED);
  });

  it('is a state or a label, of several any, each taken away by itself', async () => {
    const { page } = await openWindow('', labelled());
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Has findings' }).click();
    await expect.poll(() => numbers(page)).toEqual([9]);
    await page.getByRole('menuitemcheckbox', { name: 'Failed', exact: true }).click();
    await expect.poll(() => numbers(page)).toEqual([8, 9]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Filter, 2 chosen' }).waitFor();
    await page.getByRole('button', { name: 'Remove Has findings' }).click();
    await expect.poll(() => numbers(page)).toEqual([8]);
    await page.getByRole('button', { name: 'Clear all' }).click();
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    await page.getByRole('menuitemcheckbox', { name: 'a, b' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'docs' }).click();
    await expect.poll(() => numbers(page)).toEqual([9, 21]);
    await page.keyboard.press('Escape');
    await page.reload();
    await expect.poll(() => numbers(page)).toEqual([9, 21]);
  });

  it('keeps its filters over a change of the project, and a drop among filtered cards goes where it was seen', async () => {
    const { page, service } = await openWindow('#/board?text=e', labelled());
    await page.getByRole('button', { name: /Project/ }).first().click();
    await page.getByRole('option', { name: 'api' }).click();
    await expect.poll(() => page.url()).toContain(projectIdOf('api'));
    expect(page.url()).toContain('text=e');
    // #22 has no place between #21 and what the filters hide: it goes right behind it.
    await page.getByLabel('Search the cards').fill('');
    await expect.poll(() => numbers(page)).toEqual([5, 8, 9, 12, 17, 21, 22]);
    await card(page, 22).focus();
    await page.keyboard.press('Space');
    await page.locator('.card[data-lifted]').waitFor();
    await page.keyboard.press('ArrowUp');
    await page.getByText('is over Backlog, place 1.').waitFor({ state: 'attached' });
    await page.keyboard.press('Space');
    await expect.poll(() => service.feed.state.briefs.find((brief) => brief.number === 22)!.rank).toBeLessThan(21);
  });
});

describe('the head of the board', () => {
  it('renames and recolours a project, and removes it after a question', async () => {
    const { page, service } = await openWindow(`#/board?project=${projectIdOf('sample')}`);
    await page.getByRole('button', { name: 'Project sample' }).click();
    await page.getByRole('menuitem', { name: 'Name and colour…' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('playground');
    await page.getByLabel('Violet').check();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Project playground' }).waitFor();
    expect(service.feed.state.projects.find((project) => project.name === 'playground')?.colour).toBe(1);
    await page.getByRole('button', { name: 'Project playground' }).click();
    await page.getByRole('menuitem', { name: 'Remove from Drydock…' }).click();
    const remove = page.getByRole('dialog', { name: 'Remove playground?' }).getByRole('button', { name: 'Remove', exact: true });
    await remove.click();
    await page.getByRole('alert').getByText('A run of this project is under way.').waitFor();
    service.feed.state.runs = service.feed.state.runs.filter((run) => run.projectId !== projectIdOf('sample'));
    await page.getByRole('button', { name: 'Project playground' }).click();
    await page.getByRole('menuitem', { name: 'Remove from Drydock…' }).click();
    await remove.click();
    await card(page, 21).waitFor();
    expect(await numbers(page)).toEqual([5, 8, 9, 12, 17, 21, 22]);
  });

  it.each([900, 720])('has room for everything in a window of %i pixels', async (width) => {
    const { page } = await openWindow('', labelled(), { viewport: { width, height: 450 } });
    await card(page, 21).waitFor();
    const parts = await page.locator('.board-header > *').evaluateAll((each) => each.map((part) => part.getBoundingClientRect()).map(({ left, right }) => ({ left, right })));
    const boxes = parts.filter(({ left, right }) => right - left > 1).sort((a, b) => a.left - b.left);
    const over = boxes.filter((box, at) => box.right > width || box.left < (boxes[at - 1]?.right ?? 0) - 0.5).length;
    const wide = (await page.evaluate<number>('document.documentElement.scrollWidth')) > width;
    expect({ over, wide }).toEqual({ over: 0, wide: false });
  });
});
