import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { safeStorage } from 'electron';

const KEY_BYTES = 32;
const NAME = 'master-key.safe';

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

const readKept = (path: string): Uint8Array | null => {
  try {
    const key = Buffer.from(safeStorage.decryptString(readFileSync(path)), 'base64');
    if (key.length !== KEY_BYTES) throw new Error('its length is wrong');
    return new Uint8Array(key);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
};

/** Whole or not at all, and never over one that is there: what it sealed could not be opened any more. */
const keep = (path: string, key: Uint8Array): void => {
  const half = `${path}.${randomBytes(4).toString('hex')}.half`;
  const file = openSync(half, 'wx', 0o600);
  try {
    writeSync(file, safeStorage.encryptString(Buffer.from(key).toString('base64')));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  try {
    linkSync(half, path);
  } finally {
    rmSync(half, { force: true });
  }
};

/**
 * The key that seals the secrets of a data directory: made once, and kept there encrypted by the system's keychain. null: there is no keychain,
 * or it does not open the key; then the service keeps one in a file, and secrets that were sealed with this one say so. Once the app is ready.
 */
export const masterKey = (dataDirectory: string): Uint8Array | null => {
  if (!safeStorage.isEncryptionAvailable()) return null;
  const path = join(dataDirectory, NAME);
  try {
    const kept = readKept(path);
    if (kept !== null) return kept;
    const made = new Uint8Array(randomBytes(KEY_BYTES));
    mkdirSync(dataDirectory, { recursive: true, mode: 0o700 });
    keep(path, made);
    return made;
  } catch (error) {
    console.error(`The keychain's key of the secrets, ${path}, cannot be used: ${error instanceof Error ? error.message : codeOf(error)}.`);
    return null;
  }
};
