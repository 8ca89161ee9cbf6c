import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { briefIdOf, runIdOf } from './support/canned.ts';
import { useWindows } from './support/open-window.ts';

const openWindow = useWindows();
const REVIEW = `#/brief/${briefIdOf(9)}/review`;

describe('the review', () => {
  it('shows both sides of a text and says what other changes are', async () => {
    const { page } = await openWindow(REVIEW);
    await page.locator('.modified .view-line', { hasText: 'and was mended' }).waitFor();
    await page.getByText('hidden lines').first().waitFor();
    const open = (file: string) => page.locator(`[data-file="${file}"] button`).click();
    await open('assets/logo.png');
    await page.getByText('4 B before, 5 B after').waitFor();
    await open('bin/run.sh');
    await page.getByText('Was a plain file (100644), is now an executable file (100755).').waitFor();
    await open('current');
    await page.getByText('+ releases/2.x').waitFor();
    await open('docs/guide.md');
    await page.getByText('Renamed from docs/giude.md.').waitFor();
  });

  it('takes a file out; the evidence is then of another tree', async () => {
    const { page, service } = await openWindow(REVIEW);
    await page.locator('[data-verdict="passed"]').first().waitFor();
    await page.getByLabel('Include README.md').uncheck();
    await page.getByText('The checks ran on the whole result; this selection is another one.').waitFor();
    await page.getByTestId('included').getByText('7 of 8 files included').waitFor();
    expect(service.feed.state.runs.find((run) => run.id === runIdOf(9))?.excluded).toEqual(['README.md']);
    await page.getByLabel('Include README.md').check();
    await page.locator('[data-verdict="passed"]').first().waitFor();
  });

  it('is done by keyboard alone, from the card to a landed branch', async () => {
    const { page, service } = await openWindow();
    await page.locator('[data-brief="9"]').focus();
    await page.keyboard.press('Enter');
    await page.locator('.file-row.selected[data-file="src/http/client.ts"]').waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.locator('.file-row.selected[data-file="README.md"]').waitFor();
    await page.keyboard.press('x');
    await page.locator('.file-row.excluded[data-file="README.md"]').waitFor();
    await page.keyboard.press('a');
    await page.getByTestId('preview').getByText('refs/heads/drydock/9-typo-sweep').waitFor();
    expect(await page.getByTestId('preview').getByText('README.md').count()).toBe(0);
    await page.keyboard.press('Enter');
    await page.getByText('Landed on drydock/9-typo-sweep').waitFor();
    expect(service.landings).toEqual([{ kind: 'branch', name: 'drydock/9-typo-sweep', onto: null, message: '' }]);
  });

  it('lands nothing that was not previewed', async () => {
    const { page, service } = await openWindow(REVIEW);
    await page.getByRole('button', { name: 'Land…' }).click();
    const land = page.getByRole('button', { name: 'Land', exact: true });
    await page.getByTestId('preview').waitFor();
    await page.getByLabel('Branch name').fill('main');
    expect(await land.isDisabled()).toBe(true);
    await page.getByText('There is a branch main already.').waitFor();
    expect(await land.isDisabled()).toBe(true);
    await page.getByLabel('Working tree').check();
    await page.getByText('your copy has changes').waitFor();
    expect(await land.isDisabled()).toBe(true);
    await page.getByLabel('Overwrite my own changes').check();
    await expect.poll(() => land.isEnabled()).toBe(true);
    await land.click();
    await page.getByText('Landed in the working tree: 8 paths.').waitFor();
    expect(service.landings).toEqual([{ kind: 'workingTree', overwriteChanged: true }]);
  });

  it('hands out a patch', async () => {
    const { page } = await openWindow(REVIEW);
    await page.getByRole('button', { name: 'Land…' }).click();
    await page.getByLabel('Patch file').check();
    await page.getByTestId('preview').waitFor();
    const download = page.waitForEvent('download');
    const land = page.getByRole('button', { name: 'Land', exact: true });
    await expect.poll(() => land.isEnabled()).toBe(true);
    await land.click();
    expect(await readFile(await (await download).path(), 'utf8')).toBe('diff --git a/a b/a\n');
  });

  it('tries, closes and rejects', async () => {
    const { page, service } = await openWindow(REVIEW);
    await page.getByRole('button', { name: 'Try', exact: true }).click();
    await page.getByText('/home/ada/drydock/try-9').waitFor();
    await page.getByRole('button', { name: 'Reject' }).click();
    await page.locator('[data-column="backlog"] [data-brief="9"]').waitFor();
    await page.locator('[data-brief="7"]').click();
    await page.getByText('Nothing was changed, so there is nothing to land.').waitFor();
    await page.getByRole('button', { name: 'Close', exact: true }).click();
    await page.locator('[data-column="done"] [data-brief="7"]').waitFor();
    expect(service.feed.state.briefs.find((brief) => brief.number === 7)?.decision).toBe('closed');
  });

  it('says where and why a run failed', async () => {
    const { page } = await openWindow(`#/brief/${briefIdOf(8)}/review`);
    await page.getByText('In setup: The command ended with status 1.').waitFor();
    await page.getByRole('link', { name: 'Open the log' }).click();
    await page.getByText('There was no output.').waitFor();
  });
});
