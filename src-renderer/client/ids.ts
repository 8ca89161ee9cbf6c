import type { CommandId, CommentId } from '../../src-main/contract/ids.ts';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** 60 random bits, as the contract writes ids. */
const letters = (): string => Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => ALPHABET[byte % 32]).join('');

export const newCommandId = (): CommandId => `cmd_${letters()}` as CommandId;
export const newCommentId = (): CommentId => `cmt_${letters()}` as CommentId;
