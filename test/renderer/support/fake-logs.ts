import type { LogMark, LogSlice, LogStream } from '../../../src-main/contract/log.ts';

interface FakeLog {
  length: number;
  ended: boolean;
  readonly marks: LogMark[];
  read(from: number, to: number): Buffer;
}

/** What a log is written with beside its bytes. */
export interface Written {
  readonly source?: string;
  readonly stream?: LogStream;
  readonly at?: number;
  readonly ended?: boolean;
}

/** Marks are at least so many milliseconds apart while their origin stays, as those of the service are. */
const MARK_MS = 1_000;

class HeldLog implements FakeLog {
  length = 0;
  ended = false;
  readonly marks: LogMark[] = [];
  #bytes = Buffer.alloc(4096);

  append(bytes: Buffer): void {
    if (this.length + bytes.length > this.#bytes.length) {
      const larger = Buffer.alloc(Math.max(this.#bytes.length * 2, this.length + bytes.length));
      this.#bytes.copy(larger, 0, 0, this.length);
      this.#bytes = larger;
    }
    bytes.copy(this.#bytes, this.length);
    this.length += bytes.length;
  }

  read(from: number, to: number): Buffer {
    return this.#bytes.subarray(from, Math.min(to, this.length));
  }
}

/** The logs of a fake service, by run. */
export const createFakeLogs = () => {
  const logs = new Map<string, FakeLog>();
  let reads = 0;
  return {
    /** How many times a log was asked for bytes. */
    get reads(): number {
      return reads;
    },
    /** Adds bytes to a log; returns its length. */
    write(runId: string, bytes: Buffer, { source = 'work', stream = 'stdout', at = Date.now(), ended = false }: Written): number {
      const known = logs.get(runId);
      const log = known instanceof HeldLog ? known : new HeldLog();
      logs.set(runId, log);
      const last = log.marks.at(-1);
      const isNew = last?.source !== source || last.stream !== stream || at - last.at >= MARK_MS;
      if (isNew && bytes.length > 0) log.marks.push({ offset: log.length, source, stream, at });
      log.append(bytes);
      log.ended = ended;
      return log.length;
    },
    /** A log that is made up as it is read, for sizes that no test holds in memory. */
    makeUp(runId: string, length: number, read: (from: number, to: number) => Buffer): void {
      logs.set(runId, { length, ended: true, marks: [{ offset: 0, source: 'work', stream: 'stdout', at: Date.now() }], read });
    },
    slice(runId: string, offset: number, max: number): LogSlice {
      reads += 1;
      const log = logs.get(runId);
      if (!log) return { offset, bytes: '', length: 0, ended: true, marks: [] };
      const bytes = log.read(offset, Math.min(log.length, offset + max));
      const end = offset + bytes.length;
      const first = Math.max(0, log.marks.findLastIndex((mark) => mark.offset <= offset));
      const marks = log.marks.slice(first).filter((mark) => mark.offset < end);
      return { offset, bytes: bytes.toString('base64'), length: log.length, ended: log.ended, marks: marks.map((mark) => ({ ...mark, offset: Math.max(offset, mark.offset) })) };
    },
  };
};
