import { randomBytes } from 'node:crypto';
import { constants, link, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { SecretFailure } from '../../ports/secret-store.ts';

/** Length of a master key. */
export const KEY_BYTES = 32;
const NAME = 'secrets.key';

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

const unusable = (path: string, why: string, next: string): SecretFailure => new SecretFailure({ code: 'damagedData', message: `The key of the secrets, ${path}, ${why}.`, next, detail: { path } });

/**
 * The master key in a data directory's key file, or null when there is none. Fault: damagedData, when it is no key, or when others can read it:
 * then it must be thought of as known.
 */
export const readKeyFile = async (directory: string): Promise<Uint8Array | null> => {
  const path = join(directory, NAME);
  const file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0)).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return null;
    if (codeOf(error) === 'ELOOP') throw unusable(path, 'is a link', 'Put the file itself in its place.');
    throw unusable(path, `cannot be opened (${codeOf(error)})`, 'Let only yourself read it: `chmod 600`.');
  });
  if (file === null) return null;
  try {
    const facts = await file.stat();
    if (process.platform !== 'win32' && (facts.mode & 0o077) !== 0) throw unusable(path, 'can be read by others', `If nobody else has read it: chmod 600 '${path}'. Else delete it with the folder secrets beside it, and replace the secrets.`);
    if (!facts.isFile() || facts.size !== KEY_BYTES) throw unusable(path, 'is damaged', 'Put it back from a backup; or delete it, and give the secrets anew.');
    return await file.readFile();
  } finally {
    await file.close();
  }
};

/**
 * The master key in a data directory's key file, made when there is none. Whoever can read the file can read the secrets: it guards copies
 * of the other files, not against the user's own programs. Fault: damagedData.
 */
export const keyFromFile = async (directory: string): Promise<Uint8Array> => {
  const known = await readKeyFile(directory);
  if (known !== null) return known;
  const path = join(directory, NAME);
  const made = randomBytes(KEY_BYTES);
  const half = `${path}.${randomBytes(4).toString('hex')}.half`;
  const file = await open(half, 'wx', 0o600);
  try {
    await file.writeFile(made);
    await file.sync();
  } finally {
    await file.close();
  }
  // A link fails where the name is taken: of two that make the key at once, one is the key of both.
  await link(half, path).catch((error: unknown) => (codeOf(error) === 'EEXIST' ? undefined : rename(half, path)));
  await rm(half, { force: true });
  const kept = await readKeyFile(directory);
  if (kept === null) throw unusable(path, 'could not be kept', 'Look at the folder that it is to be in.');
  return kept;
};
