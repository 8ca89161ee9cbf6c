import { AxeBuilder } from '@axe-core/playwright';
import { join } from 'node:path';
import type { Browser } from 'playwright';
import { openPage } from '../renderer/support/browser.ts';
import { serveWindow } from '../renderer/support/window-server.ts';
import type { Look } from './looks.ts';
import type { GalleryState } from './state.ts';

/** WCAG 2.2 at levels A and AA, with what later versions added to earlier ones. */
const RULES: string[] = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** How long one step towards a state may take: two pictures share the machine with whatever else it does. */
const READY_WITHIN_MS = 20_000;

export interface Taken {
  readonly state: string;
  readonly look: string;
  readonly file: string;
  /** What axe found, one line each. */
  readonly violations: readonly string[];
  /** Errors of the page, and requests to elsewhere. */
  readonly problems: readonly string[];
}

/** Brings a screen to a state, takes its picture into `folder` and has axe look at it. */
export const take = async (browser: Browser, window: string, state: GalleryState, look: Look, folder: string): Promise<Taken> => {
  const service = state.service();
  service.feed.state.settings = { ...service.feed.state.settings, theme: look.theme };
  const server = await serveWindow(window, service);
  const { page, problems, strangers } = await openPage(browser, server.url + state.hash, look.options);
  try {
    page.setDefaultTimeout(READY_WITHIN_MS);
    await state.ready(page, service, server);
    await page.locator(`html[data-theme=${look.theme}]`).waitFor({ state: 'attached' });
    await page.evaluate('document.fonts.ready');
    const file = `${state.name}.${look.name}.png`;
    await page.screenshot({ path: join(folder, file) });
    // Only what is wrong is described, and no second page is opened to put frames together: there are none. Both take longer than the rules.
    const { violations } = await new AxeBuilder({ page }).options({ runOnly: RULES, resultTypes: ['violations'] }).setLegacyMode().analyze();
    return {
      state: state.name,
      look: look.name,
      file,
      violations: violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help} — ${node.target.join(' ')} ${node.any[0]?.message ?? ''}`)),
      problems: [...problems.filter((problem) => !problem.includes('WebSocket connection to')), ...strangers.map((url) => `request to ${url}`)],
    };
  } finally {
    // A browser that has gone must not keep the server, and with it the gallery, from ending.
    await page.context().close().catch(() => undefined);
    await server.close();
  }
};
