import { randomBytes } from 'node:crypto';
import type { Ids } from '../../ports/surroundings.ts';

/** Crockford's base32 in lower case: no i, l, o, u. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** 12 characters of 5 random bits: 60 bits. */
export const systemIds: Ids = {
  random: () => Array.from(randomBytes(12), (byte) => ALPHABET[byte & 31]).join(''),
};
