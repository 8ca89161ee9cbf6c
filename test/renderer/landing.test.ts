import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { CODE, REVIEW, REVIEWED, serviceWithResult } from './support/canned-review.ts';
import { useWindows } from './support/open-window.ts';

const openWindow = useWindows();

describe('landing', () => {
  it('of a clean result takes three keys from its card', async () => {
    const { page, service } = await openWindow('', serviceWithResult());
    await page.locator(`[data-brief="${REVIEWED}"]`).focus();
    await page.keyboard.press('Enter');
    await page.getByTestId('viewed').waitFor();
    await page.keyboard.press('a');
    await page.getByTestId('preview').getByText(`refs/heads/drydock/${REVIEWED}-add-retries-to-the-http-client`).waitFor();
    expect(await page.evaluate('document.activeElement.value')).toBe(`drydock/${REVIEWED}-add-retries-to-the-http-client`);
    await page.keyboard.press('Enter');
    await page.getByText(`Landed on drydock/${REVIEWED}-add-retries-to-the-http-client`).first().waitFor();
    expect(service.landings).toEqual([{ kind: 'branch', name: `drydock/${REVIEWED}-add-retries-to-the-http-client`, onto: null, message: '' }]);
    await page.getByRole('button', { name: 'Copy the branch name' }).waitFor();
  });

  it('does nothing that was not previewed', async () => {
    const { page, service } = await openWindow(REVIEW, serviceWithResult());
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
    await page.getByText('Landed in the working tree: 12 paths.').waitFor();
    expect(service.landings).toEqual([{ kind: 'workingTree', overwriteChanged: true }]);
  });

  it('onto a branch that moved says that it merges cleanly, or names what does not and what to do', async () => {
    const service = serviceWithResult();
    const { page } = await openWindow(REVIEW, service);
    await page.getByTestId('viewed').waitFor();
    await page.keyboard.press('a');
    await page.getByLabel('Onto').selectOption('release/2.x');
    await page.getByText('Merges cleanly onto release/2.x').waitFor();
    service.review.preview = { conflicts: [CODE] };
    await page.getByLabel('Onto').selectOption('main');
    await page.getByText('1 path cannot be merged onto main').waitFor();
    await page.getByText('Land it on the commit that the run started from').waitFor();
    expect(await page.getByRole('button', { name: 'Land', exact: true }).isDisabled()).toBe(true);
  });

  it('keeps a message that was typed when the dialog is closed', async () => {
    const { page, service } = await openWindow(REVIEW, serviceWithResult());
    await page.getByTestId('viewed').waitFor();
    await page.keyboard.press('a');
    await expect.poll(() => page.getByRole('textbox', { name: 'Message' }).inputValue()).toBe('Typo sweep');
    await page.getByRole('textbox', { name: 'Message' }).fill('Retry what can be repeated');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Land…' }).click();
    expect(await page.getByRole('textbox', { name: 'Message' }).inputValue()).toBe('Retry what can be repeated');
    const land = page.getByRole('button', { name: 'Land', exact: true });
    await expect.poll(() => land.isEnabled()).toBe(true);
    await land.click();
    await expect.poll(() => service.landings.map((target) => (target.kind === 'branch' ? target.message : ''))).toEqual(['Retry what can be repeated']);
  });

  it('hands out a patch', async () => {
    const { page } = await openWindow(REVIEW, serviceWithResult());
    await page.getByRole('button', { name: 'Land…' }).click();
    await page.getByLabel('Patch file').check();
    await page.getByTestId('preview').waitFor();
    const download = page.waitForEvent('download');
    const land = page.getByRole('button', { name: 'Land', exact: true });
    await expect.poll(() => land.isEnabled()).toBe(true);
    await land.click();
    expect(await readFile(await (await download).path(), 'utf8')).toBe('diff --git a/a b/a\n');
  });
});
