import type { CDPSession, Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { runIdOf } from './support/canned.ts';
import { createFakeService } from './support/fake-service.ts';
import { manyBriefs } from './support/many-briefs.ts';
import { useWindows } from './support/open-window.ts';

const openWindow = useWindows();
const TABLET = { viewport: { width: 1180, height: 820 }, hasTouch: true, isMobile: true } as const;
const inColumn = (page: Page, column: string, number: number) => page.locator(`[data-column="${column}"] [data-brief="${number}"]`);

/** One finger on the screen, as the browser gets it from a real one. */
const finger = (session: CDPSession) => {
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd' | 'touchCancel', at: readonly [x: number, y: number] | null): Promise<unknown> =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints: at ? [{ x: at[0], y: at[1] }] : [] });
  return { down: (x: number, y: number) => send('touchStart', [x, y]), move: (x: number, y: number) => send('touchMove', [x, y]), up: () => send('touchEnd', null), cancel: () => send('touchCancel', null) };
};

const touched = async (service = createFakeService()) => {
  const opened = await openWindow('', service, TABLET);
  await opened.page.locator('.board [data-brief]').first().waitFor();
  return { ...opened, hand: finger(await opened.page.context().newCDPSession(opened.page)) };
};
const middle = async (page: Page, selector: string): Promise<[number, number]> => {
  const box = await page.locator(selector).first().boundingBox();
  if (!box) throw new Error(`${selector} is not to be seen.`);
  return [box.x + box.width / 2, box.y + Math.min(box.height / 2, 40)];
};

describe('the board by touch', () => {
  it('lifts a card by a long press, carries it over the columns and drops it', async () => {
    const { page, service, hand } = await touched();
    const [x, y] = await middle(page, '[data-brief="21"]');
    const [toX, toY] = await middle(page, '[data-column="queued"] .cards');
    await hand.down(x, y);
    await page.locator('.card.dragging').waitFor();
    for (let step = 1; step <= 10; step += 1) await hand.move(x + ((toX - x) * step) / 10, y + ((toY - y) * step) / 10);
    await page.locator('[data-column="queued"] .cards.over').waitFor();
    await hand.up();
    await inColumn(page, 'queued', 21).waitFor();
    await expect.poll(() => service.feed.state.briefs.find((brief) => brief.number === 21)?.currentRun).toBe(runIdOf(21));
    // The finger that dropped it has not also pressed it: the board is still there, and no menu.
    expect(page.url()).toMatch(/#\/board$/);
    expect(await page.getByRole('menu').count()).toBe(0);
  });

  it('puts a card back when the system takes the finger away', async () => {
    const { page, service, hand } = await touched();
    const [x, y] = await middle(page, '[data-brief="21"]');
    await hand.down(x, y);
    await page.locator('.card.dragging').waitFor();
    const [toX, toY] = await middle(page, '[data-column="queued"] .cards');
    await hand.move(toX, toY);
    await page.locator('[data-column="queued"] .cards.over').waitFor();
    await hand.cancel();
    await page.locator('.card.dragging').waitFor({ state: 'detached' });
    await inColumn(page, 'backlog', 21).waitFor();
    expect(service.feed.state.briefs.find((brief) => brief.number === 21)?.currentRun).toBeNull();
  });

  it('scrolls a column by a swipe over its cards, and lifts none', async () => {
    const { page, hand } = await touched(createFakeService(manyBriefs(500)));
    const list = page.locator('[data-column="backlog"] .cards');
    const [x] = await middle(page, '[data-column="backlog"] .cards');
    await hand.down(x, 600);
    for (let step = 1; step <= 12; step += 1) await hand.move(x, 600 - step * 30);
    await hand.up();
    await expect.poll(() => list.evaluate((element) => element.scrollTop)).toBeGreaterThan(200);
    expect(await page.locator('.card.dragging').count()).toBe(0);
    expect(page.url()).toMatch(/#\/board$/);
  });

  it('opens a card by a tap, and its menu by its button, which is there without a pointer over it', async () => {
    const { page } = await touched();
    await page.getByRole('button', { name: 'Actions of #21' }).tap();
    await page.getByRole('menuitem', { name: 'Launch' }).tap();
    await inColumn(page, 'queued', 21).waitFor();
    await page.locator('[data-brief="9"] .card-goal').tap();
    await page.waitForURL(/#\/brief\/brf_\w+\/review$/);
  });
});
