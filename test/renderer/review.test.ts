import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { briefIdOf, runIdOf } from './support/canned.ts';
import { CODE, manyFiles, png, REVIEW, REVIEWED, serviceWithResult, text } from './support/canned-review.ts';
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

  it('that changed nothing is signed so, and leads to the brief', async () => {
    const { page } = await openWindow(`#/brief/${briefIdOf(7)}/review`, serviceWithResult());
    await page.getByRole('heading', { name: 'No changes' }).waitFor();
    await page.locator('header .tone-amber', { hasText: 'No changes' }).waitFor();
    await page.getByText('nothing was changed: there is nothing to judge').waitFor();
    await page.getByRole('link', { name: 'Edit the brief' }).click();
    await page.waitForURL(/\/brief\/[^/]+(\/brief)?$/);
  });

  it('comes back to the file and the hunk where it was left', async () => {
    const { page } = await openWindow(REVIEW, serviceWithResult());
    await openCode(page);
    await page.keyboard.press('j');
    await page.locator('[data-shown="src/http/retry.ts"]').waitFor();
    await page.keyboard.press('k');
    await page.keyboard.press('n');
    await page.keyboard.press('n');
    await page.locator('.hunk-bar.current[data-hunk="3"]').waitFor();
    await page.keyboard.press('1');
    await page.getByTestId('viewed').waitFor({ state: 'detached' });
    await page.keyboard.press('3');
    await page.locator(`[data-shown="${CODE}"]`).waitFor();
    await page.locator('.hunk-bar.current[data-hunk="3"]').waitFor();
    await page.keyboard.press('j');
    await page.locator('[data-shown="src/http/retry.ts"]').waitFor();
    await page.keyboard.press('2');
    await page.getByTestId('viewed').waitFor({ state: 'detached' });
    await page.keyboard.press('3');
    await page.locator('[data-shown="src/http/retry.ts"]').waitFor();
  });

  it('shows small pictures large enough to be seen, and says of a broken one that it is none where it is found', async () => {
    const sides = [{ path: 'dot.png', before: png(4, 2, [0, 0, 0]), after: png(6, 6, [9, 9, 9]) }, { path: 'gone.png', before: null, after: Buffer.alloc(64) }, { path: 'void.png', before: null, after: Buffer.alloc(0) }];
    const { page } = await openWindow(REVIEW, serviceWithResult({ sides, findings: [{ kind: 'binary', path: 'gone.png', message: 'gone.png is a new file that is not text.' }] }));
    await page.getByText('6 × 6, shown 16 times larger').waitFor();
    expect(await page.locator('.picture-ground img').evaluateAll((images) => images.map((each) => [each.clientWidth, each.clientHeight]))).toEqual([[96, 48], [96, 96]]);
    await page.keyboard.press('j');
    await page.locator('[data-finding="binary"]').getByText('Not a picture, whatever its name says.').waitFor();
    await page.keyboard.press('j');
    await page.locator('.picture').getByText('The file is empty.').waitFor();
  });

  it('cuts a long name in its middle, so that its end is seen, in the tree and above the file', async () => {
    const path = `src/${'a-folder-that-goes-on/'.repeat(4)}${'a-name-that-goes-on-and-'.repeat(6)}on.test.tsx`;
    const { page } = await openWindow(REVIEW, serviceWithResult({ sides: [{ path, before: null, after: text('one'), lines: [1, 0] }] }));
    await page.locator(`[data-shown="${path}"]`).waitFor();
    expect(await page.getByRole('heading', { name: path }).count()).toBe(1);
    const ends = await page.locator(':is(.file-row:not(.folder), .file-head) .path-text').evaluateAll((all) =>
      all.map((each) => {
        const [end, stem] = [each.lastElementChild, each.querySelector('.path-stem')];
        if (!end || !stem) return null;
        return { end: end.textContent, isSeen: end.getBoundingClientRect().right <= each.getBoundingClientRect().right + 0.5 && end.scrollWidth <= end.clientWidth, isCut: stem.scrollWidth > stem.clientWidth };
      }),
    );
    expect(ends).toEqual([1, 2].map(() => ({ end: '.test.tsx'.padStart(10, 'n'), isSeen: true, isCut: true })));
  });

  it('shows characters as they are: no ligatures, in code and in what was printed', async () => {
    const { page } = await openWindow(REVIEW, serviceWithResult());
    await openCode(page);
    const styles = await page.evaluate<string[]>(`[...new Set([...document.querySelectorAll('.monaco-editor .view-line span, code, .mono, pre')].map((element) => getComputedStyle(element).fontVariantLigatures))]`);
    expect(styles).toEqual(['none']);
  });

  it('colours no number beside an added line as removed, and covers no line with what is folded', async () => {
    const { page } = await openWindow(REVIEW, serviceWithResult());
    await openCode(page);
    const overlap = await page.evaluate<number>(`(() => {
      const folded = document.querySelector('.editor.modified .diff-hidden-lines .center').getBoundingClientRect();
      const lines = [...document.querySelectorAll('.editor.modified .view-line')].map((line) => line.getBoundingClientRect());
      return Math.max(...lines.map(({ top, bottom }) => Math.min(bottom, folded.bottom) - Math.max(top, folded.top)));
    })()`);
    expect(overlap).toBeLessThan(1);
    await page.keyboard.press('s');
    await page.locator('.original .margin-view-zones > .gutter-delete').first().waitFor({ state: 'attached' });
    const colours = () => page.evaluate<string[]>(`['.original .margin-view-zones > .gutter-delete', '.modified .margin-view-overlays .gutter-insert'].map((cell) => getComputedStyle(document.querySelector(cell)).backgroundColor)`);
    await expect.poll(async () => new Set(await colours()).size).toBe(1);
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

  it('shows its first file without waiting for an editor that has been fetched ahead', async () => {
    const { page } = await openWindow('', serviceWithResult({ sides: manyFiles(3) }));
    await expect.poll(() => page.evaluate<boolean>(`performance.getEntriesByType('resource').some(({ name, responseEnd }) => /diff-editor.*[.]js$/.test(name) && responseEnd > 0)`), { timeout: 20_000 }).toBe(true);
    await page.waitForLoadState('networkidle');
    await page.evaluate(`window.waited = 0; new MutationObserver(() => { if (document.querySelector('[aria-label="Loading the editor"]')) window.waited += 1; }).observe(document.body, { childList: true, subtree: true })`);
    await page.evaluate(`location.hash = '${REVIEW}'`);
    await page.locator('.modified .view-line', { hasText: 'value = 1' }).waitFor();
    expect(await page.evaluate('window.waited')).toBe(0);
  });

  it('opens beside lines of megabytes, and says what to do with them', async () => {
    const line = (size: number): Buffer => text('x'.repeat(size));
    const sides = [{ path: 'a.json', before: null, after: line(10_000_000) }, { path: 'b.json', before: line(10), after: line(4_000_000) }, { path: 'c.ts', before: text('one'), after: text('two'), lines: [1, 1] as const }];
    const { page } = await openWindow(REVIEW, serviceWithResult({ sides }));
    await page.getByText('Too large to show').waitFor();
    await page.keyboard.press('j');
    await page.getByText('A line of this file is too long to show').waitFor();
    await page.getByRole('button', { name: 'Download after' }).waitFor();
    await page.keyboard.press('j');
    await page.locator('.modified .view-line', { hasText: 'two' }).waitFor();
  });

  it('shows the one word that changed, however far to the right, in each hunk and each file', async () => {
    const far = (word: string): string => `${'x'.repeat(60)} ${'y'.repeat(120)} ${word};`;
    const filler = Array.from({ length: 30 }, (_, at) => `line ${at}`);
    const of = (path: string) => ({ path, before: text(far('before'), ...filler, 'first'), after: text(far('likely'), ...filler, 'zoom'), lines: [2, 2] as const });
    const { page } = await openWindow(REVIEW, serviceWithResult({ sides: [of('a.ts'), of('b.ts')] }), { viewport: { width: 1500, height: 800 } });
    /** Whether the changed words of the first hunk, and of the second, are in sight across on a side. */
    const seen = (side: 'original' | 'modified') =>
      page.evaluate<boolean[]>(`(() => {
        const box = document.querySelector('.editor.${side}').getBoundingClientRect();
        const words = [...document.querySelectorAll('.editor.${side} .view-overlays .cdr:is(.char-insert, .char-delete)')].map((word) => word.getBoundingClientRect());
        const isSeen = (word) => word.left > box.left + 40 && word.left < box.right - 40;
        return [isSeen(words[0]), words.slice(1).some(isSeen)];
      })()`);
    const both = async () => [await seen('original'), await seen('modified')];
    const all = [[true, true], [true, true]];
    const atFirst = [[true, false], [true, false]];
    const atSecond = [[false, true], [false, true]];
    await page.locator('[data-hunk="1"]').waitFor();
    // Lines that do not fit are wrapped: all of them is there.
    await page.getByRole('button', { name: 'Wrap long lines', pressed: true }).waitFor();
    await expect.poll(both).toEqual(all);
    const left = (side: string) => page.evaluate(`document.querySelector('.editor.${side} .lines-content').getBoundingClientRect().left - document.querySelector('.editor.${side} .overflow-guard').getBoundingClientRect().left`);
    expect([await left('original'), await left('modified')].every((each) => Number(each) > 0)).toBe(true);
    await page.keyboard.press('W');
    await page.getByRole('button', { name: 'Wrap long lines', pressed: false }).waitFor();
    await page.keyboard.press('n');
    await page.keyboard.press('p');
    await expect.poll(both).toEqual(atFirst);
    await page.keyboard.press('n');
    await expect.poll(both).toEqual(atSecond);
    await page.keyboard.press('p');
    await expect.poll(both).toEqual(atFirst);
    await page.keyboard.press('j');
    await page.locator('[data-shown="b.ts"]').waitFor();
    await expect.poll(both).toEqual(atFirst);
    await page.keyboard.press('W');
    await expect.poll(both).toEqual(all);
  });

  it('takes more decisions by one key', async () => {
    const { page, service } = await openWindow(REVIEW, serviceWithResult());
    await page.getByTestId('viewed').waitFor();
    await page.keyboard.press('m');
    await page.getByRole('menuitem', { name: /^Run again/ }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect.poll(() => service.feed.state.briefs.find(({ number }) => number === REVIEWED)?.currentRun).toBe(null);
  });
});

describe('the parts of a brief', () => {
  it('are gone around by the arrows, with the focus on the part that is shown', async () => {
    const { page } = await openWindow(REVIEW.replace('/review', '/brief'), serviceWithResult());
    await page.getByRole('link', { name: 'Brief', exact: true }).focus();
    const here = () => page.evaluate<string[]>(`[document.activeElement.getAttribute('aria-label'), document.querySelector('.page-tabs [aria-current]').getAttribute('aria-label')]`);
    for (const [key, part] of [['ArrowRight', 'Activity'], ['ArrowRight', 'Review'], ['ArrowRight', 'Brief'], ['ArrowLeft', 'Review'], ['ArrowLeft', 'Activity']] as const) {
      await page.keyboard.press(key);
      await expect.poll(here).toEqual([part, part]);
      if (part === 'Review') await page.getByTestId('viewed').waitFor();
      // What is shown may come later than the tab and must not take the focus then.
      await page.waitForLoadState('networkidle');
      expect(await here()).toEqual([part, part]);
    }
    await page.keyboard.press('ArrowRight');
    await page.locator('[data-shown="data/model.bin"]').waitFor();
    await page.keyboard.press('j');
    await page.locator(`[data-shown="scripts/run.sh"]`).waitFor();
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
    const excluded = (): number => service.feed.state.runs.find(({ id }) => id === runIdOf(REVIEWED))?.excluded.length ?? 0;
    const before = excluded();
    await page.getByLabel('Include the files that are shown').uncheck();
    await expect.poll(() => excluded() - before).toBe(2);
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
