import { existsSync } from 'node:fs';
import { canInstallPackages, installPackages, osRelease } from './debian.mjs';
import { packageFile, root } from './places.mjs';
import { runCommand } from './run-command.mjs';
import { SetupError } from './setup-error.mjs';

const DOWNLOAD_MS = 5 * 60_000;

/** Chromium without its own windows and toolbars: the same engine for a third of the processor time. Debian has it as a package. */
const SHELL = '/usr/bin/chromium-headless-shell';

const USUAL = {
  linux: ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  win32: ['C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe'],
};

/**
 * The path of a Chromium for tests: DRYDOCK_CHROMIUM, Debian's or Playwright's, one that is installed as root on Debian, the
 * system's, else one that is downloaded by Playwright. Throws, saying what to run, when none can be had.
 */
export async function prepareChromium(node, progress) {
  const { DRYDOCK_CHROMIUM: given } = process.env;
  if (given) {
    if (existsSync(given)) return given;
    throw new SetupError(`DRYDOCK_CHROMIUM names ${given}, which does not exist: correct it or unset it.`);
  }
  const present = existsSync(SHELL) ? SHELL : await playwrightChromium(node);
  if (present !== undefined) return present;
  let output = '';
  // Ubuntu has no such package, and the one that it calls Chromium only installs a snap, which needs a running snapd.
  if (canInstallPackages() && osRelease().ID === 'debian') {
    const install = (note) => installPackages(['chromium-headless-shell', 'fonts-liberation'], note);
    try {
      await progress.step('Installing Chromium for the tests', install);
    } catch (error) {
      if (usualChromium() === undefined) throw error;
    }
  } else if (usualChromium() === undefined) {
    const result = await progress.step('Downloading Chromium for the tests', (note) => download(node, note));
    output = result.output;
  }
  const installed = existsSync(SHELL) ? SHELL : ((await playwrightChromium(node)) ?? usualChromium());
  if (installed !== undefined) return installed;
  throw new SetupError(
    'the tests need a Chromium: run `npx playwright install chromium`, or set DRYDOCK_CHROMIUM to the path of one.',
    output,
  );
}

function usualChromium() {
  return (USUAL[process.platform] ?? []).find((path) => existsSync(path) && !isSnapStub(path));
}

function isSnapStub(path) {
  return path === '/usr/bin/chromium-browser' && osRelease().ID === 'ubuntu';
}

async function playwrightChromium(node) {
  const script = "import('playwright').then(({ chromium }) => process.stdout.write(chromium.executablePath()))";
  const { ok, stdout } = await runCommand(node, ['-e', script], { cwd: root, timeoutMs: 30_000 });
  return ok && stdout !== '' && existsSync(stdout) ? stdout : undefined;
}

function download(node, note) {
  const withLibraries = canInstallPackages() ? ['--with-deps'] : [];
  const args = [packageFile('playwright', 'cli.js'), 'install', ...withLibraries, 'chromium'];
  return runCommand(node, args, { cwd: root, timeoutMs: DOWNLOAD_MS, onLine: note });
}
