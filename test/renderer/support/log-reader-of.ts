import type { LogMark } from '../../../src-main/contract/log.ts';
import { LogReader } from '../../../src-renderer/run/log-reader.ts';

interface MadeUp {
  readonly length: number;
  readonly read: (from: number, to: number) => Uint8Array;
}

/** A reader of a log in memory, or of one that is made up as it is read; `slice`: the most bytes that one read returns. */
export const readerOf = (log: Uint8Array | MadeUp, { slice = 400_000, marks = [] as readonly LogMark[] } = {}) => {
  const { length, read } = log instanceof Uint8Array ? { length: log.length, read: (from: number, to: number) => log.subarray(from, to) } : log;
  const reads: number[] = [];
  const reader = new LogReader(
    (offset, max) => {
      reads.push(offset);
      const bytes = Buffer.from(read(offset, Math.min(length, offset + Math.min(max, slice))));
      const within = marks.filter((mark) => mark.offset >= offset && mark.offset < offset + bytes.length);
      return Promise.resolve({ offset, bytes: bytes.toString('base64'), length, ended: true, marks: within });
    },
    () => undefined,
  );
  return { reader, reads };
};
