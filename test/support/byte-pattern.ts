import type { LogStream } from '../../src-main/contract/log.ts';

/** Bytes that depend on their place and stream, so that a gap, a double or a swap shows. */
export const patternAt = (stream: LogStream, from: number, length: number): Buffer => {
  const bytes = Buffer.alloc(length);
  const salt = stream === 'stdout' ? 17 : 91;
  for (let index = 0; index < length; index += 1) bytes[index] = ((from + index) * 31 + ((from + index) >> 8) * 7 + salt) & 0xff;
  return bytes;
};
