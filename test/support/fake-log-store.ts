import { runId } from '../../src-main/contract/ids.ts';
import type { LogMark, LogSource, LogStream } from '../../src-main/contract/log.ts';
import { LOG_READ_LIMIT } from '../../src-main/contract/log.ts';
import { LogFailure, type LogName, type LogStore, type LogWriter } from '../../src-main/ports/log-store.ts';

interface FakeLog {
  bytes: Buffer;
  readonly pieces: LogMark[];
  readonly held: Map<string, number>;
  ended: boolean;
  open: boolean;
}

/** Logs in memory, for tests of the core. Passes the same suite as the real ones. */
export const fakeLogStore = (now: () => number = Date.now): LogStore => {
  const logs = new Map<string, FakeLog>();
  const keyOf = (name: LogName): string => `${name.run}/${name.turn}`;
  const closed = (): LogFailure => new LogFailure({ code: 'internal', message: 'The log is not open to this writer.', next: '' });

  const open = async (name: LogName): Promise<LogWriter> => {
    const log: FakeLog = logs.get(keyOf(name)) ?? { bytes: Buffer.alloc(0), pieces: [], held: new Map(), ended: false, open: false };
    logs.set(keyOf(name), log);
    if (log.open) throw closed();
    log.open = true;
    let mine = true;
    const close = (): void => {
      mine = false;
      log.open = false;
    };
    return {
      get length() {
        return log.bytes.length;
      },
      held: (source, stream) => log.held.get(`${source} ${stream}`) ?? 0,
      append: (source: LogSource, stream: LogStream, bytes: Uint8Array) => {
        if (!mine) return Promise.reject(closed());
        if (bytes.length === 0) return;
        log.pieces.push({ offset: log.bytes.length, source, stream, at: now() });
        log.bytes = Buffer.concat([log.bytes, bytes]);
        log.held.set(`${source} ${stream}`, (log.held.get(`${source} ${stream}`) ?? 0) + bytes.length);
        log.ended = false;
      },
      flush: async () => {
        if (!mine) throw closed();
      },
      end: async () => {
        log.ended = true;
        close();
      },
      close: async () => close(),
    };
  };

  return {
    open,
    read: async (name, offset, maxBytes) => {
      const log = logs.get(keyOf(name));
      if (log === undefined) return { offset, bytes: '', length: 0, ended: false, marks: [] };
      const bytes = log.bytes.subarray(offset, offset + Math.min(maxBytes, LOG_READ_LIMIT));
      const marks: LogMark[] = [];
      log.pieces.forEach((piece, index) => {
        const end = log.pieces[index + 1]?.offset ?? log.bytes.length;
        const last = marks.at(-1);
        if (end <= offset || piece.offset >= offset + bytes.length) return;
        if (last?.source === piece.source && last.stream === piece.stream && piece.at - last.at < 1_000) return;
        marks.push({ ...piece, offset: Math.max(piece.offset, offset) });
      });
      return { offset, bytes: bytes.toString('base64'), length: log.bytes.length, ended: log.ended, marks };
    },
    remove: async (run) => {
      for (const key of [...logs.keys()]) if (key.startsWith(`${run}/`)) logs.delete(key);
    },
    runs: async () => [...new Set([...logs.keys()].map((key) => runId.parse(key.split('/')[0])))],
    weigh: async (run) => [...logs].reduce((sum, [key, { bytes }]) => sum + (key.startsWith(`${run}/`) ? bytes.length : 0), 0),
  };
};
