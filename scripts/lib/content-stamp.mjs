import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** One hash over files and folders, by name and content. What does not exist counts as absent. */
export function contentStamp(folder, names) {
  const hash = createHash('sha256');
  for (const name of names) add(hash, folder, name);
  return hash.digest('hex');
}

function add(hash, folder, name) {
  const path = join(folder, name);
  const kind = lstatSync(path, { throwIfNoEntry: false });
  if (kind === undefined) hash.update(`absent ${name}\0`);
  else if (kind.isDirectory()) {
    for (const entry of readdirSync(path).sort()) add(hash, folder, `${name}/${entry}`);
  } else if (kind.isFile()) {
    const content = readFileSync(path);
    hash.update(`file ${name} ${content.length}\0`);
    hash.update(content);
  }
}

/** The stamp kept in a file, or undefined. */
export function readStamp(path) {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return undefined;
  }
}

export function writeStamp(path, stamp) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${stamp}\n`);
}
