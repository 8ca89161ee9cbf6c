import { createHash } from 'node:crypto';
import type { LinkId } from '../../domain/collection.ts';

/**
 * Id of a link's blob, as git makes it: of its target, one character a byte (gitformat: `blob <size>\0`). An id of the base says
 * by its length which hash the repository uses.
 */
export const linkId: LinkId = (target, like) =>
  createHash(like.length === 64 ? 'sha256' : 'sha1').update(`blob ${target.length}\0`).update(Buffer.from(target, 'latin1')).digest('hex');
