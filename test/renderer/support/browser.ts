import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Where Debian puts Chromium, without its windows and with them. */
const DEBIAN = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];

/** The browser that set-up found or installed; else Debian's Chromium, else the one that playwright brings. */
export const openBrowser = async (): Promise<Browser> => {
  const executablePath = process.env['DRYDOCK_CHROMIUM'] ?? DEBIAN.find((path) => existsSync(path));
  return chromium.launch({ args: FLAGS, ...(executablePath !== undefined && { executablePath }) });
};

/**
 * What Chromium notes whenever a network of the machine comes or goes, as those of containers do all the time: it has cut what it
 * was fetching. The window asks again (`client/load-part.ts`), so that only what it then lacks is a problem.
 */
const NETWORK_CHANGED = 'net::ERR_NETWORK_CHANGED';

export interface WatchedPage {
  readonly page: Page;
  /** Errors of the page and of its console (violations of the Content Security Policy are among them). */
  readonly problems: string[];
  /** Requests that left for anywhere but the page's own address. */
  readonly strangers: string[];
}

/** Opens a page that notes every error and every request to elsewhere. */
export const openPage = async (browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<WatchedPage> => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  const problems: string[] = [];
  const strangers: string[] = [];
  const { origin } = new URL(url);
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes(NETWORK_CHANGED)) problems.push(message.text());
  });
  page.on('request', (request) => {
    const target = new URL(request.url());
    if (!['data:', 'blob:'].includes(target.protocol) && target.origin !== origin) strangers.push(request.url());
  });
  await page.goto(url);
  return { page, problems, strangers };
};
