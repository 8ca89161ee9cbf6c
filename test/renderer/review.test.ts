import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { runIdOf } from './support/canned.ts';
import { CODE, manyFiles, REVIEW, REVIEWED, serviceWithResult } from './support/canned-review.ts';
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

describe('a result', () => {
  it('shows each kind of change as what it is', async () => {
    const { page } = await openWindow(REVIEW, serviceWithResult());
    await openCode(page);
    await page.locator('.modified .view-line', { hasText: 'await wait(2' }).waitFor();
    await page.getByText('hidden lines').first().waitFor();
    await open(page, 'test/shots/start.png');
    await page.getByText('160 × 100').first().waitFor();
    await open(page, 'test/shots/broken.png');
    await page.getByText('Not a picture, whatever its name says').waitFor();
    await open(page, 'data/model.bin');
    await page.getByText('2.0 KiB before, 1.0 MiB after').waitFor();
    await open(page, 'scripts/run.sh');
    await page.getByText('Was a plain file (100644), is now an executable file (100755).').waitFor();
    await open(page, 'current');
    await page.getByText('+ releases/2.x').waitFor();
    await open(page, 'vendor/lib');
    await page.getByText('Only the commit that it points to').waitFor();
    await open(page, 'empty.txt');
    await page.getByText('Empty file added').waitFor();
  });

  it('is stepped through by file and by hunk, also from inside of the editor', async () => {
    const { page } = await openWindow(REVIEW, serviceWithResult());
    await openCode(page);
    await page.locator('.modified .view-line').first().click();
    await page.keyboard.press('n');
    await page.locator('.hunk-bar.current[data-hunk="2"]').waitFor();
    await page.keyboard.press('p');
    await page.locator('.hunk-bar.current[data-hunk="1"]').waitFor();
    await page.keyboard.press('j');
    await page.locator('[data-shown="src/http/retry.ts"]').waitFor();
    await page.keyboard.press('k');
    await page.locator(`[data-shown="${CODE}"]`).waitFor();
  });

  it('shows inline, wraps and hides changes of white space, and remembers it', async () => {
    const sides = [{ path: 'a.ts', before: Buffer.from('one\ntwo\n\n\n\n\n\nthree\n'), after: Buffer.from('  one\ntwo\n\n\n\n\n\nfour\n'), lines: [2, 2] as const }];
    const { page } = await openWindow(REVIEW, serviceWithResult({ sides }));
    await page.locator('.modified .line-insert').nth(1).waitFor();
    await page.keyboard.press('w');
    await expect.poll(() => page.locator('.modified .view-overlays .line-insert').count()).toBe(1);
    await page.keyboard.press('s');
    await page.locator('.line-delete').first().waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Hide changes of white space', pressed: true }).waitFor();
    await page.getByRole('radio', { name: 'Inline', checked: true }).waitFor();
  });
});

describe('the files', () => {
  it('are a tree by keyboard: folded, filtered, taken out, viewed', async () => {
    const { page, service } = await openWindow(REVIEW, serviceWithResult());
    await openCode(page);
    const tree = page.getByRole('tree');
    await tree.focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => page.locator(`[data-file="${CODE}"]`).count()).toBe(0);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    await page.locator(`.file-row.selected[data-file="${CODE}"]`).waitFor();
    await page.keyboard.press(' ');
    await page.locator(`.file-row.excluded[data-file="${CODE}"]`).waitFor();
    await page.keyboard.press(' ');
    await page.keyboard.press('v');
    await page.locator('[data-shown="src/http/retry.ts"]').waitFor();
    await page.getByTestId('viewed').getByText('1 of 12 viewed').waitFor();
    const blob = Object.values(service.feed.state.runs.find(({ id }) => id === runIdOf(REVIEWED))?.viewed ?? {});
    expect(blob).toHaveLength(1);
    await page.getByRole('button', { name: 'Which files: All files' }).click();
    await page.getByRole('menuitem', { name: 'Not viewed yet' }).click();
    await expect.poll(() => page.locator(`[data-file="${CODE}"]`).count()).toBe(0);
    await page.getByLabel('Filter files').fill('test shots');
    await expect.poll(() => page.locator('[data-file]').count()).toBe(2);
  });

  it('are drawn as far as they are in sight', async () => {
    const { page } = await openWindow(REVIEW, serviceWithResult({ sides: manyFiles(10_000) }));
    await page.getByTestId('included').getByText('10,000 files').waitFor();
    expect(await page.locator('[data-file], [data-folder]').count()).toBeLessThan(100);
    await page.getByRole('tree').focus();
    await page.keyboard.press('End');
    await page.locator('.file-row.selected[data-file$="file-09999.ts"]').waitFor();
  });
});
