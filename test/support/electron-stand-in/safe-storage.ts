import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type * as Electron from 'electron';
import { knownMembersOnly } from './known-members.ts';

/** What outlives the app: the key that the system keeps for it. A test may lock it. */
export interface StandInKeychain {
  readonly key: Buffer;
  isLocked: boolean;
  /** What was given to be encrypted, in order. */
  readonly encrypted: string[];
}

export const standInKeychain = (): StandInKeychain => ({ key: randomBytes(32), isLocked: false, encrypted: [] });

/** Really encrypts, so that nothing readable lies on disk; like Electron it answers only once the app is ready. */
export const standInSafeStorage = (keychain: StandInKeychain | undefined, isReady: () => boolean): Electron.SafeStorage => {
  const opened = (): StandInKeychain => {
    if (keychain === undefined || keychain.isLocked) throw new Error('Error while decrypting the ciphertext provided to safeStorage.decryptString.');
    return keychain;
  };
  return knownMembersOnly('safeStorage', {
    isEncryptionAvailable: () => {
      if (!isReady()) throw new Error('safeStorage cannot be used before app is ready');
      return keychain !== undefined;
    },
    encryptString: (text) => {
      const { key, encrypted } = opened();
      encrypted.push(text);
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, iv);
      return Buffer.concat([Buffer.from('v11'), iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    },
    decryptString: (bytes) => {
      const decipher = createDecipheriv('aes-256-gcm', opened().key, bytes.subarray(3, 15));
      decipher.setAuthTag(bytes.subarray(-16));
      return decipher.update(bytes.subarray(15, -16), undefined, 'utf8') + decipher.final('utf8');
    },
  } satisfies Pick<Electron.SafeStorage, 'isEncryptionAvailable' | 'encryptString' | 'decryptString'>) as Electron.SafeStorage;
};
