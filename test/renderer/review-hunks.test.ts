import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { runIdOf } from './support/canned.ts';
import { CODE, cannedComment, hunksOf, REVIEW, REVIEWED, serviceWithResult } from './support/canned-review.ts';
import { useWindows } from './support/open-window.ts';

const openWindow = useWindows();
const open = async (page: Page, path: string): Promise<void> => {
  await page.locator(`[data-file="${path}"]`).click();
  await page.locator(`[data-shown="${path}"]`).waitFor();
};
const openCode = async (page: Page): Promise<void> => {
  await open(page, CODE);
  await page.locator('[data-hunk="1"]').waitFor();
};

describe('what is excluded', () => {
  it('is a hunk by key or by its bar; the evidence is then of another tree', async () => {
    const { page, service } = await openWindow(REVIEW, serviceWithResult());
    await openCode(page);
    const run = () => service.feed.state.runs.find(({ id }) => id === runIdOf(REVIEWED))!;
    await page.keyboard.press('n');
    await page.keyboard.press('x');
    await page.getByTestId('hunks').getByText('5 of 6 hunks in').waitFor();
    await page.locator('.hunk-bar.out[data-hunk="2"]').waitFor();
    await page.locator('.out-text').first().waitFor();
    await expect.poll(() => run().excludedHunks[CODE]).toEqual([hunksOf(CODE)[1]]);
    await page.getByText('The checks ran on the whole result; this selection is another one.').waitFor();
    await page.getByRole('button', { name: 'Exclude hunk 1' }).click();
    await page.getByTestId('hunks').getByText('4 of 6 hunks in').waitFor();
    await page.getByRole('button', { name: 'Include hunk 1' }).click();
    await page.keyboard.press('n');
    await page.keyboard.press('x');
    await page.getByTestId('hunks').getByText('6 hunks', { exact: true }).waitFor();
    await page.locator('[data-verdict="passed"]').first().waitFor();
  });

  it('is marked as plainly in one column as in two: also the lines that would be removed', async () => {
    const { page } = await openWindow(REVIEW, serviceWithResult({ run: { excludedHunks: { [CODE]: hunksOf(CODE).slice(2, 4) } } }));
    await openCode(page);
    await page.keyboard.press('s');
    const removed = () => page.evaluate<boolean[]>(`[...document.querySelectorAll('.modified .view-zones .line-delete')].map((lines) => lines.classList.contains('out-removed'))`);
    // The first of six hunks removes nothing, so that five do.
    await expect.poll(removed).toEqual([false, true, true, false, false]);
    await page.getByRole('button', { name: 'Include hunk 3' }).click();
    await expect.poll(removed).toEqual([false, false, true, false, false]);
  });

  it('is a whole file when its last hunk goes, or by its box, or by X', async () => {
    const { page, service } = await openWindow(REVIEW, serviceWithResult());
    await open(page, 'README.md');
    await page.locator('[data-hunk="1"]').waitFor();
    await page.keyboard.press('x');
    await page.locator('.file-row.excluded[data-file="README.md"]').waitFor();
    await page.getByLabel('Include current').uncheck();
    await page.getByTestId('included').getByText('10 of 12 files included').waitFor();
    await page.keyboard.press('X');
    await page.getByTestId('included').getByText('11 of 12 files included').waitFor();
    expect(service.feed.state.runs.find(({ id }) => id === runIdOf(REVIEWED))?.excluded).toEqual(['current']);
  });
});

describe('comments', () => {
  it('are written by key, kept as they are typed, edited and deleted', async () => {
    const { page, service } = await openWindow(REVIEW, serviceWithResult());
    const comments = () => service.feed.state.runs.find(({ id }) => id === runIdOf(REVIEWED))?.comments ?? [];
    await openCode(page);
    await page.keyboard.press('c');
    await page.keyboard.type('Jolly x: not an action');
    await page.reload();
    await page.getByText('draft', { exact: true }).waitFor();
    await page.getByRole('button', { name: /draft.*not an action/ }).click();
    expect(await page.getByRole('textbox', { name: 'Comment on line 2' }).inputValue()).toBe('Jolly x: not an action');
    await page.getByRole('textbox', { name: 'Comment on line 2' }).press('Control+Enter');
    await page.locator('.comment-note', { hasText: 'Jolly x' }).waitFor();
    await expect.poll(() => comments().map(({ text, from, to, side, path }) => ({ text, from, to, side, path }))).toEqual([{ text: 'Jolly x: not an action', from: 2, to: 2, side: 'result', path: CODE }]);
    await page.getByRole('button', { name: 'Edit comment' }).click();
    await page.keyboard.type(' at all');
    await page.keyboard.press('Control+Enter');
    await expect.poll(() => comments()[0]?.text).toContain('at all');
    await page.getByRole('button', { name: 'Delete comment' }).click();
    await expect.poll(() => comments()).toEqual([]);
  });

  it('are of a file as a whole where it has no lines', async () => {
    const { page, service } = await openWindow(REVIEW, serviceWithResult());
    await open(page, 'data/model.bin');
    await page.keyboard.press('c');
    await page.getByRole('textbox', { name: 'Comment on the file' }).fill('Where does it come from?');
    await page.keyboard.press('Control+Enter');
    await page.locator('.comment-note', { hasText: 'the file' }).waitFor();
    const comments = () => service.feed.state.runs.find(({ id }) => id === runIdOf(REVIEWED))?.comments ?? [];
    await expect.poll(() => comments().map(({ path, from, to }) => [path, from, to])).toEqual([['data/model.bin', null, null]]);
    await open(page, 'README.md');
    await page.getByRole('button', { name: /model.bin.*Where does it come from/ }).click();
    await page.locator('.comment-note', { hasText: 'Where does' }).waitFor();
    await page.getByRole('button', { name: 'Delete comment' }).click();
    await expect.poll(comments).toEqual([]);
  });

  it('on removed lines leave their numbers beside them where both sides are in one column', async () => {
    const comments = [3, 8].map((line, at) => ({ ...cannedComment(at, CODE, line, line, 'Why is this gone?\nIt was good.'), side: 'base' as const }));
    const { page } = await openWindow(REVIEW, serviceWithResult({ run: { comments } }));
    await openCode(page);
    await page.keyboard.press('s');
    await page.locator('.comment-note').nth(1).waitFor();
    // The editor has its own spaces.
    const tops = (rows: string, text: string) => page.evaluate<number[]>(`[...document.querySelectorAll('${rows}')].filter((row) => ${text}.test(row.textContent)).map((row) => Math.round(row.getBoundingClientRect().top))`);
    const removed = () => tops('.modified .view-zones .line-delete', '/Calls.a.service|return.fetch/');
    await expect.poll(async () => (await removed()).length).toBe(2);
    await expect.poll(async () => (await tops('.original .margin-view-overlays > div', '/^(3|8)$/')).join()).toBe((await removed()).join());
    // As tall as what is said of them now is.
    await page.getByRole('button', { name: 'Edit comment' }).first().click();
    await page.locator('.comment-form').waitFor();
    await expect.poll(async () => (await tops('.original .margin-view-overlays > div', '/^(3|8)$/')).join() === (await removed()).join()).toBe(true);
  });

  it('begin with a click on a line number, and are gone to from the list', async () => {
    const { page } = await openWindow(REVIEW, serviceWithResult({ run: { comments: [cannedComment(1, CODE, 43, 43, 'Which order?')] } }));
    await page.getByRole('button', { name: /client.ts:43/ }).click();
    await page.locator('.comment-note', { hasText: 'Which order?' }).waitFor();
    await page.locator('.modified .line-numbers', { hasText: /^40$/ }).click();
    await page.getByRole('textbox', { name: 'Comment on line 40' }).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('textbox', { name: 'Comment on line 40' }).count()).toBe(0);
  });
});
