import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveHttp, type HttpListener } from '../../src-main/wire/transports/serve-http.ts';
import { openBrowser, openPage } from '../renderer/support/browser.ts';
import { buildWindow } from '../renderer/support/build-window.ts';
import { drag } from '../renderer/support/drag.ts';
import { startDrydock, type TestDrydock } from '../support/drydock.ts';

describe('the window on a real service, with real containers', () => {
  let test: TestDrydock;
  let http: HttpListener;
  let browser: Browser;

  beforeAll(async () => {
    test = await startDrydock();
    const staticDirectory = await buildWindow();
    http = await serveHttp({ router: test.drydock.router, staticDirectory });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await http.close();
    await test.dispose();
  });

  it('takes a sample brief from the backlog to a landed branch, without one file', async () => {
    const repository = join(test.dataDirectory, 'sample');
    const git = (...args: string[]): string => execFileSync('git', args, { cwd: repository, encoding: 'utf8' });
    const { page, problems, strangers } = await openPage(browser, http.url);

    await page.getByRole('button', { name: 'Add the sample project' }).click();
    await page.locator('[data-column="backlog"] [data-brief="2"]').waitFor();
    const index = (): string => createHash('sha256').update(readFileSync(join(repository, '.git/index'))).digest('hex');
    const before = { index: index(), head: git('rev-parse', 'HEAD'), status: git('status', '--porcelain') };

    await drag(page, 2, 'queued');
    await page.locator('[data-column="running"] [data-brief="2"]').waitFor();
    await page.locator('[data-column="review"] [data-brief="2"]').waitFor({ timeout: 60_000 });

    await page.locator('[data-brief="2"]').click();
    await page.getByRole('link', { name: 'Activity', exact: true }).click();
    await page.getByText('file 5 checked').first().waitFor();
    await page.getByRole('link', { name: 'Review', exact: true }).click();
    const files = page.locator('[data-file]');
    await page.locator('[data-file="src/welcome.js"]').waitFor();
    expect(await files.evaluateAll((rows) => rows.map((row) => row.getAttribute('data-file')).toSorted())).toEqual(['README.md', 'src/main.js', 'src/welcome.js']);
    await page.locator('[data-file="src/main.js"]').click();
    await page.locator('.modified .view-line', { hasText: './welcome.js' }).waitFor();
    await page.locator('[data-verdict="passed"]').first().waitFor();
    await page.getByLabel('Include README.md').uncheck();
    await page.getByText(/The checks ran on the whole result/).waitFor();

    await page.getByRole('button', { name: 'Land…' }).click();
    await page.getByLabel('New branch').fill('welcome');
    await page.getByTestId('preview').getByText('refs/heads/welcome').waitFor();
    const land = page.getByRole('button', { name: 'Land', exact: true });
    await expect.poll(() => land.isEnabled()).toBe(true);
    await land.click();
    await page.getByText('Landed on welcome').first().waitFor();

    // The branch holds exactly what was accepted; nothing else of the user's repository has moved.
    expect(git('diff', '--name-status', '--find-renames', 'main', 'welcome').trim().split('\n').toSorted()).toEqual([
      'M\tsrc/main.js',
      expect.stringMatching(/^R\d+\tsrc\/greeting\.js\tsrc\/welcome\.js$/),
    ]);
    expect(git('show', 'welcome:README.md')).toBe(git('show', 'main:README.md'));
    expect(git('rev-parse', 'welcome^').trim()).toBe(before.head.trim());
    expect({ index: index(), head: git('rev-parse', 'HEAD'), status: git('status', '--porcelain') }).toEqual(before);
    await expect.poll(() => test.labelled(), { timeout: 15_000 }).toEqual({ containers: [], images: [] });
    expect({ problems, strangers }).toEqual({ problems: [], strangers: [] });
  });
});
