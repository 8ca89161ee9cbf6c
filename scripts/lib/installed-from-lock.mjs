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
  // Optional ones are left out on platforms they are not made for.
  return (
    names.every((name) => (name in present ? same(name) : wanted[name].optional === true)) &&
    Object.keys(present).every((name) => name in wanted)
  );
}

function packagesOf(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages;
  } catch {
    return undefined;
  }
}
