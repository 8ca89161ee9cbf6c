import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright';

const FLAGS = [
  '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
];

/** A real Chromium: DRYDOCK_CHROMIUM, Playwright's own, or the system's. */
export function launchChromium(): Promise<Browser> {
  const given = process.env['DRYDOCK_CHROMIUM'];
  const executablePath = given ?? (existsSync(chromium.executablePath()) ? undefined : '/usr/bin/chromium');
  // Chromium's own sandbox does not run as root.
  const args = process.getuid?.() === 0 ? [...FLAGS, '--no-sandbox'] : FLAGS;
  return chromium.launch({ args, ...(executablePath === undefined ? {} : { executablePath }) });
}
