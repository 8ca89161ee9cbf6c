import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { cannedFleet, projectIdOf, runIdOf } from './support/canned.ts';
import { createFakeService } from './support/fake-service.ts';
import { drag } from './support/drag.ts';
import { useWindows } from './support/open-window.ts';

const openWindow = useWindows();
const card = (page: Page, number: number) => page.locator(`[data-brief="${number}"]`);
const inColumn = (page: Page, column: string, number: number) => page.locator(`[data-column="${column}"] [data-brief="${number}"]`);

describe('the board', () => {
  it('says on each card what there is to say', async () => {
    const { page } = await openWindow();
    await inColumn(page, 'queued', 17).getByText('Every slot is taken').waitFor();
    await inColumn(page, 'running', 12).getByText('src/http/retry.ts: 3 call sites rewritten').waitFor();
    await inColumn(page, 'running', 12).getByText(/4:1\d \/ 30m/).waitFor();
    await inColumn(page, 'review', 9).getByText('checks 2/2').waitFor();
    await inColumn(page, 'review', 8).getByText('In setup: The command ended with status 1.').waitFor();
    await card(page, 21).getByText('Internet off').waitFor();
    await page.getByTestId('slots').getByText('slots 2/2').waitFor();
  });

  it('launches a brief that is dragged to Queued', async () => {
    const { page, service } = await openWindow();
    await drag(page, 21, 'queued');
    await inColumn(page, 'queued', 21).waitFor();
    await expect.poll(() => service.feed.state.briefs.find((brief) => brief.number === 21)?.currentRun).toBe(runIdOf(21));
  });

  it('takes a refused drag back and says why and what next', async () => {
    const { page } = await openWindow();
    await drag(page, 21, 'running');
    await page.getByRole('alert').getByText('A brief cannot go from backlog to running by hand.').waitFor();
    await page.getByText('Drop it on Queued: it starts when a slot is free.').waitFor();
    await inColumn(page, 'backlog', 21).waitFor();
    await drag(page, 21, 'queued');
    await inColumn(page, 'queued', 21).waitFor();
    await page.getByRole('alert').waitFor({ state: 'detached' });
  });

  it('moves a card by the keyboard alone, and tells where it is', async () => {
    const { page } = await openWindow();
    await card(page, 21).focus();
    await page.keyboard.press('Space');
    await page.getByText('#21 Fix the parser for nested quotes lifted from Backlog, place 1.').waitFor({ state: 'attached' });
    await page.keyboard.press('ArrowRight');
    await page.getByText('is over Queued, place 1.').waitFor({ state: 'attached' });
    await page.keyboard.press('Space');
    await inColumn(page, 'queued', 21).waitFor();
  });

  it('asks before a drag would lose the work of a run', async () => {
    const { page, service } = await openWindow();
    await drag(page, 12, 'backlog');
    const dialog = page.getByRole('dialog', { name: 'Cancel #12?' });
    await dialog.getByRole('button', { name: 'Keep it' }).click();
    await inColumn(page, 'running', 12).waitFor();
    await drag(page, 12, 'backlog');
    await dialog.getByRole('button', { name: 'Cancel the run' }).click();
    await inColumn(page, 'backlog', 12).waitFor();
    expect(service.feed.state.runs.find((run) => run.id === runIdOf(12))?.state.name).toBe('cancelled');
  });

  it('opens a card with Enter', async () => {
    const { page } = await openWindow();
    await card(page, 9).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/#\/brief\/brf_\w+\/review$/);
  });

  it('says once that the engine is gone and that a queue is paused', async () => {
    const fleet = cannedFleet();
    fleet.engine = { state: 'down', since: 1, fault: { code: 'engineUnavailable', message: 'No container engine answers.', next: 'Start Docker.' } };
    fleet.pauses = [{ projectId: projectIdOf('api'), since: 1, fault: { code: 'diskFull', message: 'The disk is full.', next: 'Free some space.' } }];
    const { page, service } = await openWindow('', createFakeService(fleet));
    await page.getByText('No container engine answers.').waitFor();
    expect(await page.getByText('The disk is full.').count()).toBe(1);
    await page.getByRole('button', { name: 'Look again' }).click();
    await expect.poll(() => service.requests).toContain('reconnectEngine');
  });
});

describe('the first project', () => {
  const emptyFleet = () => ({ ...cannedFleet(), projects: [], briefs: [], runs: [], progress: [], waiting: {} });

  it('is a folder; a wrong one is refused in place with the next step', async () => {
    const { page } = await openWindow('', createFakeService(emptyFleet()));
    await page.getByRole('button', { name: 'Add a folder' }).click();
    await page.getByLabel('Folder of a git repository').fill('/tmp/nothing');
    await page.keyboard.press('Enter');
    await page.getByText('/tmp/nothing is not in a git repository.').waitFor();
    await page.getByText('run git init there').waitFor();
    await page.getByLabel('Folder of a git repository').fill('/home/ada/code/web');
    await page.keyboard.press('Enter');
    await page.locator('[data-column="backlog"]').waitFor();
  });

  it('or the sample', async () => {
    const { page } = await openWindow('', createFakeService(emptyFleet()));
    await page.getByRole('button', { name: 'Add the sample project' }).click();
    await page.locator('[data-column="backlog"]').waitFor();
  });
});
