import type { Page } from 'playwright';
import { buildWindow } from '../../renderer/support/build-window.ts';
import { openBrowser, openPage } from '../../renderer/support/browser.ts';
import { manyFiles, REVIEW, serviceWithResult, text, type Sides } from '../../renderer/support/canned-review.ts';
import { serveWindow } from '../../renderer/support/window-server.ts';
import { inMs, median, type Bench, type Row } from '../row.ts';
import { watchFrames } from './frames.ts';

/** Runs in the page, as text: calls `begin`, then looks at every frame until `isThere`, and says how long that took. */
const timeInPage = (page: Page, begin: string, isThere: string): Promise<number> =>
  page.evaluate<number>(`new Promise((resolve) => {
    const began = performance.now();
    ${begin};
    const look = () => ((${isThere}) ? resolve(performance.now() - began) : requestAnimationFrame(look));
    requestAnimationFrame(look);
  })`);

const press = (key: string): string => `document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: ${JSON.stringify(key)}, bubbles: true, cancelable: true }))`;
/** A file is there when its own text is: every canned file's first line names its number. */
const isShown = (value: number): string => `[...document.querySelectorAll('.modified .view-line')].some((line) => line.textContent.replaceAll('\\u00a0', ' ').includes('value = ${value};'))`;

const LINES = 50_000;
const longFile = (): Sides => {
  const line = (at: number): string => `export const constant${at} = compute(${at}, 'text of line ${at}', { wide: ${at % 2 === 0} });`;
  // All of it is new, so that nothing is folded away.
  return { path: 'src/long.ts', before: null, after: text(...Array.from({ length: LINES }, (_, at) => line(at))), lines: [LINES, 0] };
};

const most = (what: string, values: readonly number[], target: number, note?: string): Row => ({
  what, drydock: values.length > 1 ? `${inMs(median(values))} (longest ${inMs(Math.max(...values))})` : inMs(values[0] ?? Number.NaN), raw: null, value: Math.max(...values), unit: 'ms', target: { at: 'most', value: target }, ...(note !== undefined && { note }),
});

/** The review in the window: opening a large result, going from file to file, scrolling a long one. */
export const windowReview: Bench = async ({ quick }) => {
  const [browser, folder] = await Promise.all([openBrowser(), buildWindow()]);
  const many = await serveWindow(folder, serviceWithResult({ sides: manyFiles(2_000) }));
  const long = await serveWindow(folder, serviceWithResult({ sides: [longFile()] }));
  try {
    const { page } = await openPage(browser, `${many.url}#/board`);
    await page.locator('[data-brief="31"]').waitFor();
    // As a person finds it: the board has been there for a moment, and what it fetches in idle moments is there.
    await page.waitForLoadState('networkidle');
    const opened = await timeInPage(page, `location.hash = '${REVIEW}'`, `document.querySelectorAll('[data-file]').length > 10 && ${isShown(1)}`);
    const next: number[] = [];
    for (let file = 1; file <= (quick ? 10 : 40); file += 1) {
      next.push(await timeInPage(page, press('j'), isShown(file + 1)));
      // As somebody reads: what comes next is pulled meanwhile.
      await page.waitForLoadState('networkidle');
    }
    const scrolled = await openPage(browser, `${long.url}${REVIEW}`);
    await scrolled.page.locator('.hunk-bar').first().waitFor({ timeout: 60_000 });
    await scrolled.page.mouse.move(700, 500);
    const frames = await watchFrames(scrolled.page, async () => {
      for (let step = 0; step < (quick ? 40 : 200); step += 1) {
        await scrolled.page.mouse.wheel(0, step % 10 === 9 ? 20_000 : 400);
        await scrolled.page.evaluate('new Promise(requestAnimationFrame)');
      }
    });
    return [
      most('review of 2,000 files opens, the editor with it', [opened], 500),
      most('next file in it', next, 150),
      { ...most(`${LINES.toLocaleString('en')}-line file scrolls, longest frame`, [frames.longestGap], 50, `${frames.count} frames, 99 of 100 under ${inMs(frames.p99)}, longest task ${inMs(frames.longestTask)}`) },
    ];
  } finally {
    await browser.close();
    await many.close();
    await long.close();
  }
};
