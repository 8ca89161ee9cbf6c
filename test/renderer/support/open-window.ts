import type { Browser, BrowserContextOptions, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { buildWindow } from './build-window.ts';
import { openBrowser, openPage, type WatchedPage } from './browser.ts';
import { createFakeService, type FakeService } from './fake-service.ts';
import { serveWindow, type WindowServer } from './window-server.ts';

export interface Opened {
  readonly page: Page;
  readonly service: FakeService;
  readonly server: WindowServer;
}

/**
 * Windows for the tests of one file: one browser, a new service and page for each test. After each test no page may
 * have noted an error or sent a request to anywhere but its service.
 */
export const useWindows = (): ((hash?: string, service?: FakeService, options?: BrowserContextOptions) => Promise<Opened>) => {
  let browser: Browser;
  let folder: string;
  const open: { watched: WatchedPage; server: WindowServer }[] = [];
  beforeAll(async () => {
    [browser, folder] = await Promise.all([openBrowser(), buildWindow()]);
  });
  afterEach(async () => {
    for (const { watched, server } of open.splice(0)) {
      await watched.page.context().close();
      await server.close();
      // A cut connection is noted by the browser itself; everything else is a mistake of the window.
      expect(watched.problems.filter((problem) => !problem.includes('WebSocket connection to'))).toEqual([]);
      expect(watched.strangers).toEqual([]);
    }
  });
  afterAll(() => browser.close());
  return async (hash = '', service = createFakeService(), options = {}) => {
    const server = await serveWindow(folder, service);
    const watched = await openPage(browser, server.url + hash, options);
    open.push({ watched, server });
    return { page: watched.page, service, server };
  };
};
