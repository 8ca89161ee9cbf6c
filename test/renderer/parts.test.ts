import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, openPage } from './support/browser.ts';
import { buildWindow } from './support/build-window.ts';
import { createFakeService } from './support/fake-service.ts';
import { REVIEW, serviceWithResult, SIDES } from './support/canned-review.ts';
import { serveWindow, type WindowServer } from './support/window-server.ts';

describe('a part of the window that does not come', () => {
  let browser: Browser;
  let folder: string;
  const servers: WindowServer[] = [];
  beforeAll(async () => {
    [browser, folder] = await Promise.all([openBrowser(), buildWindow()]);
  });
  afterAll(async () => {
    await browser.close();
    await Promise.all(servers.map((server) => server.close()));
  });

  /** Opens a window whose requests for files like `part` fail until it has failed `times` times. */
  const openWithout = async (hash: string, part: RegExp, times: number, service = createFakeService()) => {
    const server = await serveWindow(folder, service);
    servers.push(server);
    const { page } = await openPage(browser, 'about:blank');
    let failed = 0;
    await page.route(part, (route) => {
      if (failed >= times) return route.continue();
      failed += 1;
      return route.abort('connectionreset');
    });
    await page.goto(server.url + hash);
    return { page, failures: () => failed };
  };

  it.each([
    ['script', /fleet-page-[^/]*\.js$/],
    ['style sheet', /fleet-page-[^/]*\.css$/],
  ])('is asked for again when its %s was cut off', async (_what, part) => {
    const { page, failures } = await openWithout('#/fleet', part, 2);
    await page.getByRole('heading', { name: 'Containers and runs' }).waitFor();
    expect(failures()).toBe(2);
    await expect.poll(() => page.evaluate('[...document.querySelectorAll("link[rel=stylesheet]")].every((link) => link.sheet !== null)')).toBe(true);
  });

  it('is asked for again where it is the editor of a review', async () => {
    const { page, failures } = await openWithout(REVIEW, /diff-editor-[^/]*\.js$/, 2, serviceWithResult({ sides: SIDES.slice(0, 2) }));
    await page.locator('.modified .view-line').first().waitFor();
    expect(failures()).toBe(2);
  });

  it('says so, with a way on, and leaves the rest of the window as it is', async () => {
    const { page } = await openWithout('#/fleet', /fleet-page-[^/]*\.js$/, Number.POSITIVE_INFINITY);
    await page.getByRole('alert').getByText('This part of the window broke').waitFor();
    await page.getByRole('link', { name: 'History' }).click();
    await page.getByRole('heading', { name: 'History', level: 1 }).waitFor();
    await page.unrouteAll();
    await page.evaluate("location.hash = '#/fleet'");
    await page.getByRole('button', { name: 'Reload the window' }).click();
    await page.getByRole('heading', { name: 'Containers and runs' }).waitFor();
  });
});
