import { cpus, loadavg } from 'node:os';
import type { Page } from 'playwright';
import { buildWindow } from '../../renderer/support/build-window.ts';
import { openBrowser, openPage } from '../../renderer/support/browser.ts';
import { createFakeService } from '../../renderer/support/fake-service.ts';
import { manyBriefs } from '../../renderer/support/many-briefs.ts';
import { serveWindow } from '../../renderer/support/window-server.ts';
import { inMs, median, type Bench } from '../row.ts';
import { watchFrames, type Frames } from './frames.ts';

const CARDS = 5_000;
const COLUMNS = ['backlog', 'queued', 'running', 'review', 'done'] as const;
/** Moves of the mouse between two columns: about as many as a hand makes in a third of a second. */
const MOVES = 20;

/**
 * Waits for something in the page, looking once a frame. Not by a locator: to find a role, or whether something is to be seen, the
 * page's styles are computed and it is laid out anew, within the very frames that are measured.
 */
const until = (page: Page, condition: string): Promise<void> =>
  page.evaluate<void>(`new Promise((resolve) => { const look = () => ((${condition}) ? resolve() : requestAnimationFrame(look)); look(); })`);

/** From the first byte of the page to the frame that shows the first cards of every column, by the page's own clock. */
const firstPaint = async (page: Page): Promise<number> => {
  await until(page, 'window.__painted !== undefined');
  return page.evaluate<number>('window.__painted');
};

/** Runs in the page before anything else, as text: notes the first frame that has cards in it. */
const NOTE_PAINT = `(() => {
  const look = () => {
    if (document.querySelector('[data-column="done"] [data-brief]')) requestAnimationFrame((at) => { window.__painted = at; });
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})()`;

/** A card is lifted in the backlog, carried over every column and back to Queued, and dropped. */
const dragOverAll = async (page: Page): Promise<Frames> => {
  const card = page.locator('[data-column="backlog"] [data-brief]').first();
  const box = await card.boundingBox();
  const places = await Promise.all(COLUMNS.map((column) => page.locator(`[data-column="${column}"] .cards`).boundingBox()));
  if (!box || places.includes(null)) throw new Error('The board is not to be seen.');
  await page.mouse.move(box.x + 20, box.y + 12);
  return watchFrames(page, async () => {
    await page.mouse.down();
    await page.mouse.move(box.x + 30, box.y + 20, { steps: 4 });
    await until(page, "document.querySelector('.card.dragging') !== null");
    let [x, y] = [box.x + 30, box.y + 20];
    for (const place of [...places.slice(1), ...places.slice(1, 4).toReversed()]) {
      const to = { x: (place?.x ?? 0) + 80, y: (place?.y ?? 0) + 60 + (Math.round(x) % 5) * 60 };
      const from = { x, y };
      for (let step = 1; step <= MOVES; step += 1) {
        [x, y] = [from.x + ((to.x - from.x) * step) / MOVES, from.y + ((to.y - from.y) * step) / MOVES];
        await page.mouse.move(x, y);
        await page.evaluate('new Promise(requestAnimationFrame)');
      }
    }
    await until(page, `document.querySelector('[data-column="queued"] .cards.over') !== null`);
    await page.mouse.up();
    await until(page, "document.querySelector('.toast-action') !== null");
  });
};

/** A board of thousands in the window: how soon it is there, and whether a drag over its columns stutters. */
export const windowBoard: Bench = async ({ quick }) => {
  const [browser, folder] = await Promise.all([openBrowser(), buildWindow()]);
  const paints: number[] = [];
  const drags: Frames[] = [];
  try {
    for (let round = 0; round < (quick ? 1 : 5); round += 1) {
      const server = await serveWindow(folder, createFakeService(manyBriefs(CARDS)));
      try {
        const { page } = await openPage(browser, 'about:blank');
        await page.addInitScript(NOTE_PAINT);
        await page.goto(`${server.url}#/board`);
        paints.push(await firstPaint(page));
        // As a person finds it: what the window fetches in idle moments is there.
        await page.waitForLoadState('networkidle');
        drags.push(await dragOverAll(page));
        await page.context().close();
      } finally {
        await server.close();
      }
    }
  } finally {
    await browser.close();
  }
  const cards = CARDS.toLocaleString('en');
  const longest = drags.map((each) => each.longestGap);
  const wanted = `${loadavg()[0]?.toFixed(1)} processes wanted the machine's ${cpus().length} processors`;
  return [
    { what: `board of ${cards} cards, first paint`, drydock: `${inMs(median(paints))} (longest ${inMs(Math.max(...paints))})`, raw: null, value: median(paints), unit: 'ms', target: { at: 'most', value: 1_000 }, note: `from the first byte of the page; ${wanted}` },
    {
      what: 'a drag over its columns, longest frame',
      drydock: inMs(Math.max(...longest)),
      raw: null,
      value: Math.max(...longest),
      unit: 'ms',
      target: { at: 'most', value: 50 },
      note: `${drags.length} drags, ${drags.reduce((sum, { count }) => sum + count, 0)} frames, 99 of 100 under ${inMs(Math.max(...drags.map(({ p99 }) => p99)))}, longest task ${inMs(Math.max(...drags.map(({ longestTask }) => longestTask)))}`,
    },
  ];
};
