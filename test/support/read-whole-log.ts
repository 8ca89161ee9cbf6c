import type { LogMark } from '../../src-main/contract/log.ts';
import type { LogName, LogStore } from '../../src-main/ports/log-store.ts';

/** Pulls a log from its beginning, as a client does. */
export const readLog = async (logs: LogStore, name: LogName, maxBytes = 1 << 20): Promise<{ bytes: Buffer; ended: boolean; marks: LogMark[] }> => {
  const parts: Buffer[] = [];
  const marks: LogMark[] = [];
  for (let offset = 0; ; ) {
    const slice = await logs.read(name, offset, maxBytes);
    const part = Buffer.from(slice.bytes, 'base64');
    parts.push(part);
    marks.push(...slice.marks);
    offset += part.length;
    if (part.length === 0) return { bytes: Buffer.concat(parts), ended: slice.ended, marks };
  }
};
