import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of this clone. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** What set-up remembers between starts of this clone; may be deleted at any time. */
export const cacheFolder = join(root, '.drydock-cache');

export const modulesFolder = join(root, 'node_modules');

/** A program of an installed package, as a script for Node: `.bin` holds shell files on Windows. */
export function packageFile(...path) {
  return join(modulesFolder, ...path);
}

/** What belongs to the machine and not to one clone of it: the log of an engine that was started, locks. */
export function machineFolder(env = process.env) {
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'drydock');
}
