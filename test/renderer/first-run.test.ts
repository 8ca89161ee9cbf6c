import { describe, expect, it } from 'vitest';
import type { FleetState } from '../../src-main/contract/fleet.ts';
import { briefIdOf, cannedBrief, cannedFleet, cannedProject, projectIdOf } from './support/canned.ts';
import { drag } from './support/drag.ts';
import { createFakeService } from './support/fake-service.ts';
import { useWindows } from './support/open-window.ts';

const openWindow = useWindows();
/** A loaded machine may take its time; a poll ends as soon as it holds. */
const poll = <T>(look: () => T | Promise<T>) => expect.poll(look, { timeout: 10_000 });
const DOWN: FleetState['engine'] = { state: 'down', since: Date.now() - 300_000, fault: { code: 'engineUnavailable', message: 'No container engine answers.', next: 'Start Docker.' } };
const empty = (change: Partial<FleetState> = {}): FleetState => ({ ...cannedFleet(), projects: [], briefs: [], runs: [], progress: [], waiting: {}, ...change });
const touring = (): FleetState => {
  const fleet = empty({ projects: [cannedProject('sample')], briefs: [cannedBrief(1, 'sample', { goal: 'First' }), cannedBrief(2, 'sample', { goal: 'Second' })] });
  return { ...fleet, settings: { ...fleet.settings, tourDone: false } };
};

describe('the first run', () => {
  it('says what the machine lacks, and looks again', async () => {
    const { page, service } = await openWindow('', createFakeService(empty({ engine: DOWN })));
    const machine = page.getByLabel('This machine');
    await machine.getByText('This machine lacks something').waitFor();
    await machine.getByText('Start Docker.').waitFor();
    service.feed.state.engine = cannedFleet().engine;
    await machine.getByRole('button', { name: 'Look again' }).click();
    await machine.getByText('This machine has what it needs').waitFor();
    expect(service.requests).toContain('reconnectEngine');
  });

  it('leads to the sample, and the tour begins', async () => {
    const { page } = await openWindow('', createFakeService({ ...empty(), settings: touring().settings }));
    await page.getByText('This machine has what it needs').waitFor();
    expect(await page.getByText('First steps').count()).toBe(0);
    await page.getByRole('button', { name: 'Add the sample project' }).click();
    await page.getByText('First steps: launch').waitFor();
  });
});

describe('the tour', () => {
  it('goes on by doing: drag, watch, decide', async () => {
    const { page, service } = await openWindow('', createFakeService(touring()));
    await page.getByText('First steps: launch').waitFor();
    await drag(page, 1, 'queued');
    await page.getByText('First steps: watch').waitFor();
    await page.goto(`${page.url().split('#')[0]}#/brief/${briefIdOf(1)}/activity`);
    await page.getByText('First steps: review').waitFor();
    const brief = service.feed.state.briefs.find((each) => each.number === 1);
    if (brief) service.put({ ...brief, decision: 'landed' });
    await poll(() => service.feed.state.settings.tourDone).toBe(true);
    await poll(() => page.getByText('First steps').count()).toBe(0);
  });

  it('does not say to watch what has ended', async () => {
    const { page, service } = await openWindow('', createFakeService(touring()));
    await page.getByText('First steps: launch').waitFor();
    await drag(page, 1, 'queued');
    await page.getByText('First steps: watch').waitFor();
    const run = service.feed.state.runs[0] ?? expect.fail('no run');
    service.putRun({ ...run, state: { name: 'reviewable' }, endedAt: 1 });
    await page.getByText('First steps: review').waitFor();
  });

  it('takes no focus, is read with Next, and never comes back', async () => {
    const { page, service } = await openWindow('', createFakeService(touring()));
    await page.getByText('First steps: launch').waitFor();
    expect(await page.evaluate('document.activeElement.closest(".tour") === null')).toBe(true);
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByText('First steps: watch').waitFor();
    await page.keyboard.press('.');
    await page.getByRole('button', { name: 'Got it' }).click();
    await poll(() => service.feed.state.settings.tourDone).toBe(true);
    await page.reload();
    await page.locator('[data-brief="1"]').waitFor();
    expect(await page.getByText('First steps').count()).toBe(0);
  });

  it('comes for Tab between the head and the content, as it is seen', async () => {
    const { page } = await openWindow('', createFakeService(touring()));
    const after = async (link: string): Promise<unknown> => {
      await page.getByRole('link', { name: link, exact: true }).focus();
      await page.keyboard.press('Tab');
      return page.evaluate('document.activeElement.textContent');
    };
    await page.getByText('First steps: launch').waitFor();
    expect(await after('Brief')).toBe('Skip');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    expect(await page.evaluate("document.activeElement.closest('main') !== null")).toBe(true);
    await drag(page, 1, 'queued');
    // A card that is dropped falls into its place first; only then is it launched.
    await page.getByText('First steps: watch').waitFor();
    await page.goto(`${page.url().split('#')[0]}#/brief/${briefIdOf(1)}/brief`);
    await page.getByText('First steps: watch').waitFor();
    await page.locator('.page-tabs a').last().focus();
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip');
  });

  it('is skipped at once, by keyboard', async () => {
    const { page, service } = await openWindow('', createFakeService(touring()));
    await page.getByRole('button', { name: 'Skip' }).focus();
    await page.keyboard.press('Enter');
    await poll(() => service.feed.state.settings.tourDone).toBe(true);
    await poll(() => page.getByText('First steps').count()).toBe(0);
  });

  it.each([900, 1280])('covers no word of what it is about, %i pixels wide', async (width) => {
    const { page } = await openWindow('', createFakeService(touring()), { viewport: { width, height: 800 } });
    const isClear = async (column: string): Promise<boolean> => {
      const [tip, words] = await Promise.all([page.locator('.tour').boundingBox(), page.locator(`[data-column="${column}"] .column-empty`).boundingBox()]);
      return tip !== null && words !== null && (tip.y >= words.y + words.height || tip.x >= words.x + words.width || tip.x + tip.width <= words.x);
    };
    for (const [word, column] of [['launch', 'queued'], ['watch', 'running'], ['review', 'review']] as const) {
      await page.getByText(`First steps: ${word}`).waitFor();
      await poll(() => isClear(column)).toBe(true);
      await page.getByRole('button', { name: word === 'review' ? 'Got it' : 'Next' }).click();
    }
  });

  it('lets what lies below it be used', async () => {
    const { page, service } = await openWindow('', createFakeService(touring()));
    const tip = page.getByText('First steps: launch');
    const box = await tip.boundingBox();
    if (!box) throw new Error('The tip is not to be seen.');
    expect(await page.evaluate(`document.elementFromPoint(${box.x + 5}, ${box.y + 5}).closest('.tour') === null`)).toBe(true);
    await drag(page, 2, 'queued');
    await poll(() => service.feed.state.briefs.find((brief) => brief.number === 2)?.currentRun).not.toBeNull();
  });
});

describe('banners', () => {
  it('say since when the engine is gone, and that it is back', async () => {
    const { page, service } = await openWindow('', createFakeService({ ...cannedFleet(), engine: DOWN }));
    await page.getByText(/Since .* \(\d+ min\)\./).waitFor();
    service.feed.publish({ kind: 'engine', engine: cannedFleet().engine });
    await page.getByText('The engine is back').waitFor();
  });

  it('say one cause once, for all the projects that it concerns', async () => {
    const fleet = cannedFleet();
    const fault = { code: 'diskFull' as const, message: 'The disk is full.', next: 'Free some space.' };
    fleet.pauses = ['api', 'sample'].map((name) => ({ projectId: projectIdOf(name), since: 1, fault }));
    const { page } = await openWindow('', createFakeService(fleet));
    await page.getByText('api, sample are paused.').waitFor();
    expect(await page.getByText('The disk is full.').count()).toBe(1);
  });
});
