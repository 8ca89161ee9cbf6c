import type { CommandId } from '../../src-main/contract/ids.ts';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** A new command id: 60 random bits, as the contract writes ids. */
export const newCommandId = (): CommandId => {
  const letters = Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => ALPHABET[byte % 32]);
  return `cmd_${letters.join('')}` as CommandId;
};
