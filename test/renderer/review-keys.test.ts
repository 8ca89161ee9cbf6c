import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { runIdOf } from './support/canned.ts';
import { CODE, hunksOf, REVIEW, REVIEWED, serviceWithResult, SIDES, text } from './support/canned-review.ts';
import type { FakeService } from './support/fake-service.ts';
import { useWindows } from './support/open-window.ts';

const openWindow = useWindows();
const BRIEF = REVIEW.replace('/review', '/brief');
const runOf = (service: FakeService) => service.feed.state.runs.find(({ id }) => id === runIdOf(REVIEWED))!;
/** Code with six hunks and a second file, no more. */
const serviceWithCode = () => serviceWithResult({ sides: SIDES.slice(0, 2) });

/** Opens the brief with an editor that takes this long to come, in milliseconds. */
const openSlowly = async (service: FakeService, ms: number): Promise<Page> => {
  const { page } = await openWindow('', service);
  await page.route(/diff-editor.*\.js$/, async (route) => {
    await wait(ms);
    await route.continue();
  });
  await page.evaluate(`location.hash = '${BRIEF}'`);
  await page.reload();
  await page.getByRole('heading', { name: 'Add retries' }).first().waitFor();
  await page.evaluate('document.activeElement.blur()');
  return page;
};
const typed = async (page: Page, keys: string): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key);
};

describe('keys that are pressed while a review opens', () => {
  it('wait for it, and are carried out in their order on the hunk that they mean', async () => {
    const service = serviceWithCode();
    const page = await openSlowly(service, 700);
    await typed(page, '3nnx');
    expect(await page.locator('[data-hunk]').count()).toBe(0);
    await expect.poll(() => runOf(service).excludedHunks[CODE], { timeout: 10_000 }).toEqual([hunksOf(CODE)[2]]);
    await page.locator('.hunk-bar.current.out[data-hunk="3"]').waitFor();
    expect(runOf(service).excluded).toEqual([]);
  });

  it('go on to the next file and mean what is shown there', async () => {
    const service = serviceWithCode();
    const page = await openSlowly(service, 300);
    await typed(page, '3jx');
    await expect.poll(() => runOf(service).excluded, { timeout: 10_000 }).toEqual(['src/http/retry.ts']);
    expect(runOf(service).excludedHunks[CODE]).toBeUndefined();
    await typed(page, 'xknx');
    await expect.poll(() => runOf(service).excludedHunks[CODE], { timeout: 10_000 }).toEqual([hunksOf(CODE)[1]]);
    expect(runOf(service).excluded).toEqual([]);
  });

  it('are dropped when the tab is left, and when something that is typed in has the focus by then', async () => {
    const service = serviceWithCode();
    const page = await openSlowly(service, 1_200);
    await typed(page, '3nx');
    await page.getByRole('link', { name: 'Activity' }).click();
    await page.getByRole('link', { name: 'Review', exact: true }).click();
    await page.locator('[data-hunk="1"]').waitFor();
    await wait(200);
    expect(runOf(service).excludedHunks).toEqual({});
    await page.reload();
    await page.getByTestId('viewed').waitFor();
    await typed(page, 'nx');
    await page.getByLabel('Filter files').focus();
    await page.locator('[data-hunk="1"]').waitFor();
    await wait(200);
    expect(runOf(service).excludedHunks).toEqual({});
    expect(await page.getByLabel('Filter files').inputValue()).toBe('');
  });
});

describe('the line cursor', () => {
  const filler = Array.from({ length: 30 }, (_, at) => `line ${at}`);
  const names = { path: 'names.js', before: text('a', 'gone one', 'gone two', 'kept', ...filler, 'old', ...filler), after: text('a', 'kept', ...filler, 'new', 'and new', ...filler), lines: [2, 3] as const };
  const cursor = (page: Page) => page.getByTestId('cursor').textContent();
  const opened = async () => {
    const { page, service } = await openWindow(REVIEW, serviceWithResult({ sides: [names] }));
    await page.locator('[data-hunk="1"]').waitFor();
    return { page, service };
  };
  /** Where lines of text and the field for a comment begin, from the top. */
  const tops = (page: Page, side: string, ...texts: string[]) =>
    page.evaluate<number[]>(`[...${JSON.stringify(texts)}.map((text) => [...document.querySelectorAll('.editor.${side} .view-line')].find((line) => line.textContent === text)), document.querySelector('.comment-form')].map((element) => Math.round(element.getBoundingClientRect().top))`);

  it('is moved by the arrows over what is shown, on both sides, and the hunk that the keys mean goes with it', async () => {
    const { page } = await opened();
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => cursor(page)).toBe('line 2 of the base');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => cursor(page)).toBe('line 4 of the base');
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => cursor(page)).toBe('line 2');
    // Three lines around a change are shown; the next after them is the first before the next hunk.
    for (let step = 0; step < 6; step += 1) await page.keyboard.press('ArrowDown');
    await expect.poll(() => cursor(page)).toBe('line 33');
    await page.locator('.hunk-bar.current[data-hunk="2"]').waitFor();
    for (let step = 0; step < 4; step += 1) await page.keyboard.press('ArrowUp');
    await expect.poll(() => cursor(page)).toBe('line 4');
    await page.keyboard.press('Escape');
    await expect.poll(() => cursor(page)).toBe('');
  });

  it('takes more lines with shift; c comments on them, right under the last', async () => {
    const { page, service } = await opened();
    await page.keyboard.press('n');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Shift+ArrowDown');
    await expect.poll(() => cursor(page)).toBe('lines 33–34');
    await page.keyboard.press('c');
    await page.getByRole('textbox', { name: 'Comment on lines 33 to 34' }).fill('Both?');
    const [first = 0, second = 0, form = 0] = await tops(page, 'modified', 'new', 'and new');
    expect([second - first, form - second < 36, form > second]).toEqual([18, true, true]);
    await page.keyboard.press('Control+Enter');
    await expect.poll(() => runOf(service).comments.map(({ from, to, side }) => [from, to, side])).toEqual([[33, 34, 'result']]);
  });

  it('is on a removed line as on any other: the comment stands right under it, in two columns and in one', async () => {
    const { page } = await opened();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('c');
    await page.getByRole('textbox', { name: 'Comment on line 2 of the base' }).waitFor();
    await expect.poll(async () => {
      const [one = 0, two = 0, form = 0] = await tops(page, 'original', 'gone one', 'gone two');
      return form > one && form - one < 36 && two > form;
    }).toBe(true);
    await page.keyboard.press('Escape');
    await page.evaluate(`document.querySelector('.review-body').focus()`);
    await page.keyboard.press('s');
    await page.locator('.line-delete').first().waitFor();
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => cursor(page)).toBe('line 3 of the base');
    await page.locator('.line-delete .cursor-line').waitFor();
    await page.keyboard.press('c');
    await page.getByRole('textbox', { name: 'Comment on line 3 of the base' }).waitFor();
    await expect.poll(async () => {
      const [two = 0, kept = 0, form = 0] = await tops(page, 'modified', 'gone two', 'kept');
      return form > two && form - two < 36 && kept > form;
    }).toBe(true);
  });
});

describe('a window that is no wider than both panels and a column', () => {
  it('keeps its bars on one row each, and says why two columns are not shown', async () => {
    const service = serviceWithResult({ run: { excluded: ['README.md'], excludedHunks: { [CODE]: hunksOf(CODE).slice(0, 2) } } });
    service.review.baseNow = { ...service.review.baseNow, commits: 3 };
    service.feed.state.overlaps[runOf(service).briefId] = [{ briefId: runOf(service).briefId, number: 9, kind: 'files', count: 1, paths: [CODE], landedOn: 'drydock/9-a-name-as-long-as-they-are' }];
    const { page } = await openWindow(REVIEW, service, { viewport: { width: 1280, height: 800 } });
    await page.locator(`[data-file="${CODE}"]`).click();
    await page.locator(`[data-shown="${CODE}"]`).waitFor();
    await page.getByTestId('base-moved').waitFor();
    await page.getByText('4 of 6 hunks in').waitFor();
    const heights = () => page.evaluate<number[]>(`['.review-bar', '.file-head'].map((bar) => document.querySelector(bar).getBoundingClientRect().height)`);
    for (const height of await heights()) expect(height).toBeLessThan(46);
    const reach = await page.evaluate<number[]>(`['.review-bar', '.file-head'].map((bar) => { const each = document.querySelector(bar); return each.scrollWidth - each.clientWidth; })`);
    expect(reach).toEqual([0, 0]);
    const layout = page.getByRole('radio', { name: 'Side by side' }).locator('[title]');
    const why = 'Too narrow for two columns: hide the files with [ or the evidence with ]';
    await expect.poll(() => layout.getAttribute('title')).toBe(why);
    await page.keyboard.press('s');
    expect(await page.locator('.toasts').getByText(why).count()).toBe(0);
    await page.keyboard.press('s');
    await page.locator('.toasts').getByText(why).waitFor();
    await page.keyboard.press('[');
    await page.keyboard.press(']');
    await expect.poll(() => layout.getAttribute('title')).toBe('Side by side (s)');
  });
});
