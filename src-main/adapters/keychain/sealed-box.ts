import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

const FORMAT = Buffer.from('DDS1');
const ID_BYTES = 8;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = FORMAT.length + ID_BYTES + IV_BYTES + TAG_BYTES;

/** Encrypts and authenticates texts with keys made from one master key of 32 bytes. */
export interface SealedBox {
  /** `about` is authenticated along: what was sealed for one thing does not open as another. */
  seal(text: string, about: string): Buffer;
  /** Whether something was sealed with this very key, as far as its head says. */
  isOurs(sealed: Uint8Array): boolean;
  /** null: damaged, sealed with another key, or about another thing. */
  open(sealed: Uint8Array, about: string): string | null;
  /** Changes with the text, and tells nothing about it to whoever has not the key. */
  mark(text: string): string;
}

/** AES-256-GCM with random nonces: a few thousand texts a key, far below the 2^32 that NIST SP 800-38D allows. */
export const createSealedBox = (master: Uint8Array): SealedBox => {
  const derived = (use: string): Buffer => Buffer.from(hkdfSync('sha256', master, '', `drydock/${use}`, 32));
  const [key, markKey] = [derived('secrets'), derived('versions')];
  // Tells keys apart, so that "another key" and "damaged" are two messages.
  const head = Buffer.concat([FORMAT, derived('id').subarray(0, ID_BYTES)]);
  const bound = (about: string): Buffer => Buffer.concat([head, Buffer.from(about)]);
  return {
    seal: (text, about) => {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(bound(about));
      const content = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([head, iv, cipher.getAuthTag(), content]);
    },
    isOurs: (sealed) => head.equals(sealed.subarray(0, head.length)),
    open: (sealed, about) => {
      if (sealed.length < HEAD_BYTES || !head.equals(sealed.subarray(0, head.length))) return null;
      try {
        const rest = sealed.subarray(head.length);
        const decipher = createDecipheriv('aes-256-gcm', key, rest.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES }).setAAD(bound(about));
        decipher.setAuthTag(rest.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
        return Buffer.concat([decipher.update(rest.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8');
      } catch {
        return null;
      }
    },
    mark: (text) => createHmac('sha256', markKey).update(text).digest('hex').slice(0, 24),
  };
};
