import type { Page } from 'playwright';

/** A drag as a hand does it: press, a first small move that lifts, then on to the middle of the target. */
export const drag = async (page: Page, number: number, column: string): Promise<void> => {
  const from = (await page.locator(`[data-brief="${number}"]`).boundingBox())!;
  const to = (await page.locator(`[data-column="${column}"] .cards`).boundingBox())!;
  await page.mouse.move(from.x + 20, from.y + 12);
  await page.mouse.down();
  await page.mouse.move(from.x + 30, from.y + 20, { steps: 3 });
  await page.locator('.card.dragging').waitFor();
  await page.mouse.move(to.x + to.width / 2, to.y + 40, { steps: 8 });
  await page.locator(`[data-column="${column}"] .cards.over`).waitFor();
  await page.mouse.up();
};
