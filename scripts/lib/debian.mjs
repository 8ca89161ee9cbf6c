import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './run-command.mjs';
import { SetupError } from './setup-error.mjs';

const LISTS = '/var/lib/apt/lists';
const DAY_MS = 24 * 60 * 60_000;

/** What /etc/os-release says, or an empty object. */
export function osRelease() {
  try {
    const pairs = readFileSync('/etc/os-release', 'utf8').matchAll(/^(\w+)=["']?(.*?)["']?$/gm);
    return Object.fromEntries([...pairs].map(([, name, value]) => [name, value]));
  } catch {
    return {};
  }
}

/** Whether packages of the system can be installed without asking anyone: root, on Debian or a relative of it. */
export function canInstallPackages() {
  if (process.platform !== 'linux' || process.getuid() !== 0 || !existsSync('/usr/bin/apt-get')) return false;
  const { ID = '', ID_LIKE = '' } = osRelease();
  return /\b(debian|ubuntu)\b/.test(`${ID} ${ID_LIKE}`);
}

/** Installs packages of the system. Throws with apt's own words when it cannot. */
export async function installPackages(packages, note) {
  let refreshed = false;
  if (!listsAreFresh()) refreshed = await refreshLists(note);
  let result = await apt(['install', '-y', '--no-install-recommends', ...packages], note);
  // Lists younger than a day may still name versions that the mirror has dropped.
  if (!result.ok && !refreshed) {
    await refreshLists(note);
    result = await apt(['install', '-y', '--no-install-recommends', ...packages], note);
  }
  if (!result.ok) {
    throw new SetupError(
      `apt-get could not install ${packages.join(', ')}. Its output is above; check the sources in /etc/apt and try again.`,
      result.output,
    );
  }
}

/** One source of several that does not answer is no reason to stop: what is missing shows when installing. */
export async function refreshLists(note) {
  await apt(['update'], note);
  return true;
}

function apt(args, note) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', NEEDRESTART_MODE: 'l' };
  return runCommand('/usr/bin/apt-get', ['-q', '-o', 'DPkg::Lock::Timeout=300', ...args], { env, onLine: note });
}

export function listsAreFresh() {
  try {
    const indexes = readdirSync(LISTS).filter((name) => name.includes('_Packages'));
    return indexes.length > 0 && Date.now() - statSync(join(LISTS, 'partial')).mtimeMs < DAY_MS;
  } catch {
    return false;
  }
}
