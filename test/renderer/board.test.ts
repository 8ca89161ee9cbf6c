import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import type { TreeId } from '../../src-main/contract/ids.ts';
import { cannedBrief, cannedFleet, projectIdOf, runIdOf } from './support/canned.ts';
import { cannedComment } from './support/canned-review.ts';
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

  it('tells closed from landed by a sign of its own, and how many comments are kept', async () => {
    const service = createFakeService();
    const brief = (number: number) => service.feed.state.briefs.find((each) => each.number === number) ?? expect.fail('no brief');
    const run = service.feed.state.runs.find(({ id }) => id === runIdOf(9)) ?? expect.fail('no run');
    service.putRun({ ...run, comments: [cannedComment(1, 'README.md', 1, 1, 'Why?')] });
    service.put({ ...brief(7), decision: 'closed' });
    service.put({ ...brief(21), keptComments: 2 });
    const { page } = await openWindow('', service);
    const sign = async (number: number) => (await card(page, number).locator('.tag svg').first().getAttribute('class')) ?? '';
    await card(page, 7).getByText('Closed').waitFor();
    await card(page, 5).getByText('Landed').waitFor();
    expect(await sign(7)).not.toBe(await sign(5));
    await card(page, 21).getByText('2 comments').waitFor();
    await card(page, 9).getByText('1 comment').waitFor();
  });

  it('comes back to the card in the place of one that was decided meanwhile, with Done from its start', async () => {
    const service = createFakeService();
    for (let number = 101; number < 116; number += 1) service.put(cannedBrief(number, 'api', { goal: `Done ${number}` }, { decision: 'closed', changedAt: number }));
    const { page } = await openWindow('', service, { viewport: { width: 1200, height: 640 } });
    const brief = service.feed.state.briefs.find(({ number }) => number === 9) ?? expect.fail('no brief');
    await card(page, 9).focus();
    await page.evaluate("location.hash = '#/history'");
    await page.getByRole('grid', { name: 'Runs' }).waitFor();
    service.put({ ...brief, decision: 'closed', changedAt: 1 });
    await page.goBack();
    await page.locator('[data-column="review"] [data-brief]:focus').waitFor();
    expect(await page.evaluate("document.querySelector('[data-column=done] .cards').scrollTop")).toBe(0);
  });

  it('does not have a message cover the card that has the focus', async () => {
    const service = createFakeService();
    const fillers = Array.from({ length: 12 }, (_, at) => cannedBrief(100 + at, 'api', { goal: `Done ${at}` }, { decision: 'closed' }));
    for (const filler of fillers) service.put(filler);
    const { page } = await openWindow('', service, { viewport: { width: 1200, height: 640 } });
    await card(page, 105).waitFor();
    await page.evaluate("location.hash = '#/history'");
    await page.getByRole('row', { name: /#8/ }).getByRole('button', { name: 'Run #8 again' }).click();
    await page.getByText('#8 is queued again').waitFor();
    await page.goBack();
    // Down where the messages are.
    await card(page, 105).waitFor();
    await page.evaluate("document.querySelector('[data-column=done] .cards').scrollBy(0, document.querySelector('[data-brief=\"105\"]').getBoundingClientRect().bottom - 605)");
    await page.evaluate("document.querySelector('[data-brief=\"105\"]').focus({ preventScroll: true })");
    await page.locator('.toasts.aside').waitFor();
    await expect.poll(() => page.evaluate("(() => { const a = document.activeElement.getBoundingClientRect(); const b = document.querySelector('.toast').getBoundingClientRect(); return a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top; })()")).toBe(true);
  });

  it('leaves room at the end of a column for a message, whose key stands as far from its edge as its word', async () => {
    const service = createFakeService();
    for (let at = 0; at < 12; at += 1) service.put(cannedBrief(100 + at, 'api', { goal: `Done ${at}` }, { decision: 'closed' }));
    const { page } = await openWindow('', service, { viewport: { width: 1200, height: 640 } });
    await card(page, 21).focus();
    await page.keyboard.press('q');
    await page.getByText('#21 is in the queue.').waitFor();
    const action = page.locator('.toast-action');
    await action.hover();
    await page.evaluate("document.querySelector('[data-column=done] .cards').scrollTo(0, 100_000)");
    await expect.poll(() => page.evaluate("Math.max(...[...document.querySelectorAll('[data-column=done] [data-brief]')].map((each) => each.getBoundingClientRect().bottom)) - document.querySelector('.toast').getBoundingClientRect().top")).toBeLessThanOrEqual(0);
    const spaces = await page.evaluate<number[]>("(() => { const box = document.querySelector('.toast-action'); const text = (node) => { const range = document.createRange(); range.selectNodeContents(node); return range.getBoundingClientRect(); }; const at = box.getBoundingClientRect(); return [text(box.firstChild).left - at.left, at.right - text([...box.querySelectorAll('kbd')].at(-1)).right]; })()");
    expect(Math.abs((spaces[0] ?? 0) - (spaces[1] ?? 99)), String(spaces)).toBeLessThan(2);
  });

  it('counts what is chosen of a result, and says when checks of the choice are known', async () => {
    const { page, service } = await openWindow();
    const run = service.feed.state.runs.find(({ id }) => id === runIdOf(9))!;
    const outcome = run.turns[0]!.checks[1]!;
    const tree = '1'.repeat(40) as TreeId;
    const leftOut = { 'docs/guide.md': { additions: 30, deletions: 2 }, 'src/a.ts': { additions: 1, deletions: 10 } };
    const chosen = { ...run, excluded: ['docs/guide.md'], excludedHunks: { 'src/a.ts': ['h1'] }, leftOut };
    service.putRun(chosen);
    const card9 = inColumn(page, 'review', 9);
    await card9.getByText('4 of 5 files').waitFor();
    await card9.getByText('+10').waitFor();
    await card9.getByText('−0').waitFor();
    await card9.getByText('not checked').waitFor();
    service.putRun({ ...chosen, selectedTree: tree, turns: [{ ...run.turns[0]!, checks: [...run.turns[0]!.checks, { ...outcome, tree }, { ...outcome, tree, check: 1 }] }] });
    await card9.getByText('checks 2/2').waitFor();
    service.putRun({ ...chosen, excluded: [] });
    await card9.getByText('part of 5 files').waitFor();
  });

  it('keeps a result in Review while it is checked again, and sets it aside without a question', async () => {
    const { page, service } = await openWindow();
    const run = service.feed.state.runs.find(({ id }) => id === runIdOf(9))!;
    service.putRun({ ...run, endedAt: null, state: { name: 'checking', container: 'c', recheck: { tree: '1'.repeat(40) as TreeId, before: { name: 'reviewable' }, endedAt: 1 } } });
    await inColumn(page, 'review', 9).getByText('Checking again').waitFor();
    expect(await inColumn(page, 'review', 9).getByText('not checked').count()).toBe(0);
    await drag(page, 9, 'backlog');
    await inColumn(page, 'backlog', 9).waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
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

  it('says while a result is held over Done that it is closed without landing', async () => {
    const { page } = await openWindow();
    await card(page, 9).focus();
    await page.keyboard.press('Space');
    await page.locator('.card[data-lifted]').getByText('Lifted').waitFor();
    await page.keyboard.press('ArrowRight');
    await page.getByText(/is over Done, place \d\. Drop here to close without landing\./).waitFor({ state: 'attached' });
    await page.locator('.drop-meaning').getByText('Drop here to close without landing').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.drop-meaning').waitFor({ state: 'detached' });
    await page.locator('.card.dragging').waitFor({ state: 'detached' });
    await card(page, 21).focus();
    await page.keyboard.press('Space');
    await page.locator('.card[data-lifted]').waitFor();
    for (const column of ['Queued', 'Running', 'Review', 'Done']) {
      await page.keyboard.press('ArrowRight');
      await page.getByText(`is over ${column}`).waitFor({ state: 'attached' });
    }
    await page.locator('.drop-meaning').getByText('Drop here to close', { exact: true }).waitFor();
    await page.keyboard.press('Escape');
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

  it('counts the work against its budget, and a phase before it by itself', async () => {
    const { page } = await openWindow();
    await inColumn(page, 'running', 12).getByTitle('Elapsed of the time budget').getByText(/^\d+:\d\d \/ /).waitFor();
    const setup = inColumn(page, 'running', 14).getByTitle('Since this phase began');
    expect(await setup.textContent()).toMatch(/^[1-9]\d*:\d\d$/);
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
    // Nothing of a run that nobody sees looks alive, and a narrow window says so in words.
    await inColumn(page, 'running', 12).getByText('engine away').waitFor();
    expect(await page.locator('.card-bar.moving').count()).toBe(0);
    await page.setViewportSize({ width: 900, height: 800 });
    expect((await page.locator('.engine-word').boundingBox())!.width).toBeGreaterThan(40);
    await page.evaluate("location.hash = '#/fleet'");
    await page.getByRole('heading', { name: 'Containers and runs' }).waitFor();
    expect(await page.getByText('No container engine answers.').count()).toBe(1);
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
