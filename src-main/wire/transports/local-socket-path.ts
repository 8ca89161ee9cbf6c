import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/** Longest path of a Unix socket, in bytes, that every system takes: sun_path is 104 on macOS and 108 on Linux. */
const LONGEST = 100;

/**
 * Where the service of a data directory listens: in the directory itself; where that path is too long for a socket, in
 * a short private directory under the system's temporary one; on Windows a named pipe. The same directory always
 * gives the same place.
 */
export function localSocketPath(dataDirectory: string, platform: NodeJS.Platform = process.platform): string {
  const name = createHash('sha256').update(dataDirectory).digest('hex').slice(0, 16);
  if (platform === 'win32') return `\\\\.\\pipe\\drydock-${name}`;
  const inside = join(dataDirectory, 'service.sock');
  if (Buffer.byteLength(inside) <= LONGEST) return inside;
  return join(tmpdir(), `drydock-${userInfo().uid}-${name}`, 'service.sock');
}

/**
 * Makes the directory of a socket with mode 0700, or makes sure that one already there is ours alone: in a shared
 * temporary directory another user may have made it first.
 */
export function preparePrivateDirectory(directory: string): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const found = lstatSync(directory);
  if (!found.isDirectory() || found.uid !== userInfo().uid || (found.mode & 0o077) !== 0) {
    throw new Error(`${directory} is not a private directory of this user, so the service does not listen there`);
  }
}
