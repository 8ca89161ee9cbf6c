import { setTimeout as wait } from 'node:timers/promises';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunId } from '../../src-main/contract/ids.ts';
import { serveHttp, type HttpListener } from '../../src-main/wire/transports/serve-http.ts';
import { openBrowser, openPage } from '../renderer/support/browser.ts';
import { buildWindow } from '../renderer/support/build-window.ts';
import { runEnd, startDrydock, type TestDrydock } from '../support/drydock.ts';
import { repositoryAt, type TestRepository } from '../support/repository.ts';
import { addSmallProject, type SmallProject } from '../support/small-project.ts';
import { fillTenRepository, launchTen } from '../support/ten-results.ts';

describe('ten results, decided by keyboard alone', () => {
  let test: TestDrydock;
  let small: SmallProject;
  let repository: TestRepository;
  let http: HttpListener;
  let browser: Browser;

  beforeAll(async () => {
    test = await startDrydock();
    small = await addSmallProject(test);
    repository = repositoryAt(small.repository);
    fillTenRepository(repository);
    await launchTen(small, repository, (id) => runEnd(test, id as RunId));
    await test.client.service.changeSettings({ commandId: 'cmd_000000000001' as never, settings: { tourDone: true } });
    http = await serveHttp({ router: test.drydock.router, staticDirectory: await buildWindow() });
    browser = await openBrowser();
  }, 240_000);
  afterAll(async () => {
    await browser.close();
    await http.close();
    await test.dispose();
    await small.remove();
  });

  /** Every key of the whole trial goes through here, and nothing but keys does. */
  const keysOf = (page: Page) => {
    let pressed = 0;
    return {
      count: () => pressed,
      press: async (...keys: string[]): Promise<void> => {
        for (const key of keys) {
          await page.keyboard.press(key);
          pressed += 1;
        }
      },
    };
  };

  it('lands what is good, without what is not, and closes the rest', { timeout: 240_000 }, async () => {
    const { page, problems, strangers } = await openPage(browser, http.url);
    page.setDefaultTimeout(30_000);
    const keys = keysOf(page);
    const at = (title: string) => page.getByRole('heading', { level: 1, name: title }).waitFor();
    const diff = () => page.getByTestId('viewed').waitFor();
    const landed = async (): Promise<void> => {
      await page.getByTestId('preview').waitFor();
      await expect.poll(() => page.getByRole('button', { name: 'Land', exact: true }).isEnabled()).toBe(true);
      await keys.press('Enter');
    };

    /** A key that comes before the result has been there for a moment is not taken for it. */
    const close = async (): Promise<void> => {
      await page.locator('.review-body[data-there="true"], .no-result').waitFor();
      await wait(400);
      await keys.press('d');
    };

    await page.locator('[data-column="review"] [data-brief="1"]').waitFor();
    await keys.press('g', 'r');
    await page.locator('[data-waiting="1"]:focus').waitFor();
    expect(await page.locator('[data-waiting]').count()).toBe(10);
    await keys.press('Enter');

    // A clean one: three keys from the list to landed.
    await at('Totals are rounded to cents');
    await diff();
    const before = keys.count();
    await keys.press('a');
    await landed();
    expect(keys.count() - before).toBeLessThanOrEqual(5);

    // One that went out of its scope, on a base that has moved: without that file, onto the branch as it is now.
    await at('Dates are written with slashes');
    await page.locator('[data-file="docs/guide.md"]').waitFor();
    await diff();
    await page.getByText('Outside of the scope').waitFor();
    await page.locator('[data-file="docs/guide.md"][aria-selected="true"]').waitFor();
    await keys.press('X');
    await page.getByText('1 file out').waitFor();
    await page.getByTestId('base-moved').getByText('main has moved on by 1 commit since; merges cleanly').waitFor();
    await keys.press('a');
    // Onto the branch that it started from, as it is now, without another key.
    await page.getByTestId('land-facts').getByText('main has moved on by 1 commit since; merges cleanly').waitFor();
    await landed();

    await at('Stock never goes below zero');
    await page.getByText('A test says less than before').waitFor();
    await close();

    await at('Parser trims its fields');
    await page.locator('[data-verdict="failed"]').first().waitFor();
    await close();

    // One hunk of two is wanted; the checks are run on what is left.
    await at('First and last names are renamed');
    await diff();
    await page.getByText('Hunk 2 of 2').waitFor();
    await keys.press('n', 'x');
    await page.getByText('1 hunk out').waitFor();
    await page.getByText('Not checked.').waitFor();
    await keys.press('r');
    await page.locator('[data-verdict]:not([data-verdict="notRun"])').waitFor({ timeout: 60_000 });
    await keys.press('a');
    await landed();

    await at('Labels are escaped');
    await page.getByText('Hunk 1 of 1').waitFor();
    await keys.press('c');
    await page.locator('textarea:focus').waitFor();
    await page.keyboard.type('What of the ampersand?');
    await keys.press('Control+Enter');
    await page.getByText('What of the ampersand?').first().waitFor();
    await keys.press('a');
    await landed();

    // The other result has changed the same file, and is on a branch that the base of this one does not have.
    await at('Labels are strong');
    await page.locator('.review-overlap').getByText('landed on drydock/6-labels-are-escaped').waitFor();
    await keys.press('a');
    await page.getByTestId('land-facts').getByText('both changed src/label.js; it is landed on drydock/6-labels-are-escaped, and not in this base').waitFor();
    await keys.press('Escape');
    await close();

    await at('A new logo');
    await page.getByText('Binary').first().waitFor();
    await keys.press('a');
    await landed();

    await at('The guide says how to pay');
    await diff();
    await keys.press('a');
    await landed();

    await at('Prices are in euros');
    await close();
    await page.getByText('Nothing waits for you').waitFor();

    const branches = repository.git('for-each-ref', '--format=%(refname:short)', 'refs/heads/drydock').split('\n');
    expect(branches.map((name) => name.replace(/^drydock\//, '').slice(0, 2)).toSorted()).toEqual(['1-', '2-', '5-', '6-', '8-', '9-']);
    const changed = (number: number): string[] => {
      const branch = branches.find((name) => name.startsWith(`drydock/${number}-`)) ?? expect.fail(`no branch of #${number}`);
      return repository.git('diff', '--name-only', `${branch}^`, branch).split('\n');
    };
    expect(changed(2)).toEqual(['src/dates.js']);
    expect(repository.git('log', '-1', '--format=%s', 'drydock/2-dates-are-written-with-slashes^')).toBe('The base moves on');
    expect(repository.git('diff', '-U0', 'drydock/5-first-and-last-names-are-renamed^', 'drydock/5-first-and-last-names-are-renamed')).toMatch(/\+export const first/);
    expect(repository.git('show', 'drydock/5-first-and-last-names-are-renamed:src/names.js')).not.toContain('last');
    expect(repository.git('status', '--porcelain')).toBe('');
    expect({ problems, strangers }).toEqual({ problems: [], strangers: [] });
  });
});
