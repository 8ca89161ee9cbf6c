import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Whether npm installed exactly what the lock file names, by npm's own record of it
 * (node_modules/.package-lock.json): then a user who ran `npm ci` need not wait for it again.
 */
export function isInstalledFromLock(folder) {
  const wanted = packagesOf(join(folder, 'package-lock.json'));
  const present = packagesOf(join(folder, 'node_modules', '.package-lock.json'));
  if (wanted === undefined || present === undefined) return false;
  const same = (name) =>
    wanted[name]?.version === present[name]?.version && wanted[name]?.integrity === present[name]?.integrity;
  const names = Object.keys(wanted).filter((name) => name !== '');
  const complete = names.every((name) => (name in present ? same(name) : isForOthers(wanted[name])));
  return complete && Object.keys(present).every((name) => name in wanted);
}

/**
 * Whether npm rightly leaves a package out here: an optional one for another platform. One for this platform that is
 * missing was left out for another reason, such as an old Node, and is needed. One that names no platform is a part of
 * one that does. Which C library there is, is not asked.
 */
function isForOthers({ optional, os, cpu, libc }) {
  if (optional !== true) return false;
  const allows = (list, value) => list === undefined || list.includes(value);
  if (libc !== undefined || (os === undefined && cpu === undefined)) return true;
  return !allows(os, process.platform) || !allows(cpu, process.arch);
}

function packagesOf(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages;
  } catch {
    return undefined;
  }
}
