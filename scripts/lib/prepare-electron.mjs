import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cacheFolder, packageFile } from './places.mjs';
import { runCommand } from './run-command.mjs';

const DOWNLOAD_MS = 120_000;
const RETRY_MS = 24 * 60 * 60_000;
const failureFile = join(cacheFolder, 'electron-failure.json');

/** Whether a window can be shown at all. */
export function hasDisplay(env = process.env, platform = process.platform) {
  return platform === 'darwin' || platform === 'win32' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

/**
 * Electron's program: `{ path }`, or `{ reason }` in a few words. Its binary is fetched at first use; a failure is
 * remembered for a day, so that the next start need not wait for it again.
 */
export async function prepareElectron({ node, env, progress }) {
  if (!hasDisplay(env)) return { reason: 'there is no display' };
  if (process.platform === 'linux' && process.getuid() === 0)
    return { reason: 'Electron keeps its sandbox and so does not run as root' };
  const path = electronPath(env);
  if (path !== undefined) return { path };
  const version = JSON.parse(readFileSync(packageFile('electron', 'package.json'), 'utf8')).version;
  const remembered = failure(version);
  if (remembered !== undefined) return { reason: remembered };
  const result = await progress.step('Fetching Electron', (note) =>
    runCommand(node, [packageFile('electron', 'install.js')], { env, timeoutMs: DOWNLOAD_MS, onLine: note }),
  );
  const fetched = electronPath(env);
  if (fetched !== undefined) {
    rmSync(failureFile, { force: true });
    return { path: fetched };
  }
  const cause =
    result.status === 124
      ? `no download within ${DOWNLOAD_MS / 1000} s`
      : (/(?:Error: )(.+)/.exec(result.output)?.[1] ?? `status ${result.status}`);
  const reason = `Electron's binary cannot be had (${cause.trim()})`;
  mkdirSync(dirname(failureFile), { recursive: true });
  writeFileSync(failureFile, JSON.stringify({ version, reason, at: Date.now() }));
  return { reason };
}

function electronPath(env) {
  const folder = env.ELECTRON_OVERRIDE_DIST_PATH || packageFile('electron', 'dist');
  try {
    const path = join(folder, readFileSync(packageFile('electron', 'path.txt'), 'utf8').trim());
    return existsSync(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

function failure(version) {
  try {
    const { version: of, reason, at } = JSON.parse(readFileSync(failureFile, 'utf8'));
    return of === version && Date.now() - at < RETRY_MS ? reason : undefined;
  } catch {
    return undefined;
  }
}
