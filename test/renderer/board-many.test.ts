import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { createFakeService } from './support/fake-service.ts';
import { manyBriefs } from './support/many-briefs.ts';
import { focused } from './support/focused.ts';
import { useWindows } from './support/open-window.ts';

const openWindow = useWindows();
const first = (page: Page, column: string) => page.locator(`[data-column="${column}"] [data-brief]`).first();

/** Starts to count the processor time of the page's main thread, in milliseconds: what others do on the machine does not count. */
const mainThread = async (page: Page): Promise<() => Promise<number>> => {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const read = async (): Promise<number> => {
    const { metrics } = await session.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1_000;
  };
  const before = await read();
  return async () => {
    const after = await read();
    await session.detach();
    return after - before;
  };
};

describe('a board of thousands', () => {
  it('holds only the cards in sight, and paints them within a second', async () => {
    const { page } = await openWindow('', createFakeService(manyBriefs(5_000)));
    await first(page, 'done').waitFor();
    expect(await page.locator('[data-brief]').count()).toBeLessThan(150);
    await page.locator('[data-column="backlog"] h2').getByText('1,500').waitFor();
    // From another place to the board, with the fleet in hand: what the window itself does until the cards are there.
    await page.evaluate("location.hash = '#/settings'");
    await page.locator('.board').waitFor({ state: 'detached' });
    const spent = await mainThread(page);
    await page.evaluate("location.hash = '#/board'");
    await first(page, 'done').waitFor();
    await page.evaluate('new Promise(requestAnimationFrame)');
    const took = await spent();
    expect(took).toBeLessThan(1_000);
  });

  it('shows the cards further down as it is scrolled, each at its height', async () => {
    const { page } = await openWindow('', createFakeService(manyBriefs(2_000)));
    await first(page, 'backlog').waitFor();
    const list = page.locator('[data-column="backlog"] .cards');
    await list.evaluate((element) => element.scrollTo(0, element.scrollHeight));
    await page.locator('[data-column="backlog"] [aria-posinset="600"]').waitFor();
    const gaps = await list.evaluate((element) => {
      const boxes = [...element.querySelectorAll('[data-brief]')].map((card) => card.getBoundingClientRect()).sort((a, b) => a.top - b.top);
      return boxes.slice(1).map((box, at) => Math.round(box.top - boxes[at]!.bottom));
    });
    // The one that Tab stops at is kept far above; all others follow one another.
    expect(gaps.filter((gap) => gap !== 6).length).toBeLessThanOrEqual(1);
    expect(await page.locator('[data-brief]').count()).toBeLessThan(150);
  });

  it('walks down by the keyboard past what was in sight, and lifts and drops there', async () => {
    const { page, service } = await openWindow('', createFakeService(manyBriefs(2_000)));
    await first(page, 'backlog').focus();
    for (let step = 0; step < 30; step += 1) await page.keyboard.press('ArrowDown');
    await expect.poll(() => focused(page, 'aria-posinset')).toBe('31');
    const number = Number(await focused(page, 'data-brief'));
    await page.keyboard.press('Space');
    await page.locator('.card[data-lifted]').waitFor();
    // Further than the cards that were there when it was lifted.
    for (let step = 1; step <= 12; step += 1) {
      await page.keyboard.press('ArrowDown');
      await page.getByText(`is over Backlog, place ${31 + step}.`).waitFor({ state: 'attached' });
    }
    await page.keyboard.press('Space');
    await expect.poll(() => service.feed.state.briefs.filter((brief) => brief.currentRun === null && brief.decision === null).sort((a, b) => a.rank - b.rank).findIndex((brief) => brief.number === number)).toBe(42);
    await expect.poll(() => focused(page, 'data-brief')).toBe(String(number));
  });

  it('drags without a move that keeps the window busy for more than 50 ms', async () => {
    const { page, service } = await openWindow('', createFakeService(manyBriefs(5_000)));
    await first(page, 'backlog').waitFor();
    const number = Number(await first(page, 'backlog').getAttribute('data-brief'));
    const from = (await first(page, 'backlog').boundingBox())!;
    const to = (await page.locator('[data-column="queued"] .cards').boundingBox())!;
    await page.mouse.move(from.x + 20, from.y + 12);
    await page.mouse.down();
    await page.mouse.move(from.x + 30, from.y + 20, { steps: 3 });
    await page.locator('.card.dragging').waitFor();
    const spent: number[] = [];
    for (let step = 1; step <= 24; step += 1) {
      const move = await mainThread(page);
      await page.mouse.move(from.x + 30 + ((to.x + 60 - from.x) * step) / 24, to.y + 20 + step * 16);
      await page.evaluate('new Promise(requestAnimationFrame)');
      spent.push(await move());
    }
    await page.mouse.up();
    await expect.poll(() => service.feed.state.briefs.find((brief) => brief.number === number)?.currentRun, { timeout: 15_000 }).not.toBeNull();
    // One move may meet the collection of garbage.
    expect(spent.toSorted((a, b) => b - a)[1], spent.map(Math.round).join()).toBeLessThan(50);
  });

  it('of ten thousand opens, is narrowed, scrolls to its end and moves a card there', async () => {
    const { page, service } = await openWindow('', createFakeService(manyBriefs(10_000)));
    await first(page, 'done').waitFor();
    await page.evaluate("location.hash = '#/settings'");
    await page.locator('.board').waitFor({ state: 'detached' });
    const opened = await mainThread(page);
    await page.evaluate("location.hash = '#/board'");
    await first(page, 'done').waitFor();
    await page.evaluate('new Promise(requestAnimationFrame)');
    expect(await opened()).toBeLessThan(1_000);
    expect(await page.locator('[data-brief]').count()).toBeLessThan(150);

    const typed = await mainThread(page);
    await page.getByRole('searchbox', { name: 'Search the cards' }).pressSequentially('parser 9999');
    await page.getByText('of 10,000 shown').waitFor();
    await page.getByRole('button', { name: 'Clear all' }).click();
    await page.getByText('of 10,000 shown').waitFor({ state: 'detached' });
    // Eleven letters and the way back: under a tenth of a second for each.
    expect(await typed()).toBeLessThan(1_200);

    const list = page.locator('[data-column="backlog"] .cards');
    const scrolled = await mainThread(page);
    for (let step = 1; step <= 20; step += 1) {
      await list.evaluate((element, share) => element.scrollTo(0, element.scrollHeight * share), step / 20);
      await page.evaluate('new Promise(requestAnimationFrame)');
    }
    await page.locator('[data-column="backlog"] [aria-posinset="3000"]').waitFor();
    expect((await scrolled()) / 20).toBeLessThan(50);

    const last = page.locator('[data-column="backlog"] [aria-posinset="3000"]');
    const number = Number(await last.getAttribute('data-brief'));
    await last.focus();
    const moved = await mainThread(page);
    await page.keyboard.press('q');
    await page.getByText(`#${number} is in the queue.`).waitFor();
    await page.locator('[data-column="backlog"] h2').getByText('2,999').waitFor();
    expect(await moved()).toBeLessThan(500);
    expect(service.feed.state.briefs.find((brief) => brief.number === number)?.currentRun).not.toBeNull();
  });
});
