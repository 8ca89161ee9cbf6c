import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The tag that always points to the newest base image of this machine. */
export const BASE_IMAGE_LATEST = 'drydock/base:latest';

/**
 * The tag of the base image that belongs to a folder of its sources: the same content gives the same tag on
 * every machine. The folder is flat; line ends do not count, since git may have changed them.
 */
export function baseImageTag(folder) {
  const hash = createHash('sha256');
  const names = readdirSync(folder).filter((name) => !name.startsWith('.'));
  for (const name of names.sort()) {
    const content = readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n');
    hash.update(`${name}\0${Buffer.byteLength(content)}\0${content}`);
  }
  return `drydock/base:${hash.digest('hex').slice(0, 12)}`;
}
