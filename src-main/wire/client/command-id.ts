import { randomBytes } from 'node:crypto';
import type { CommandId } from '../../contract/ids.ts';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** A new id for one mutating call. Repeat the call with the same id, and it is answered with the stored receipt. */
export function newCommandId(): CommandId {
  const random = Array.from(randomBytes(12), (byte) => alphabet[byte & 31]).join('');
  return `cmd_${random}` as CommandId;
}
