import type { LogSource, LogStream } from '../../contract/log.ts';
import { endOf, type LogRecord } from './log-record.ts';

/** What a log's records add up to. */
export class LogTotals {
  records = 0;
  /** Bytes stored, which is where the next one goes. */
  length = 0;
  /** Whether the last record is the end. */
  ended = false;
  readonly sources: string[];
  readonly #held = new Map<string, number>();
  readonly #stored = new Map<number, number>();
  readonly #leftOut = new Map<number, number>();

  constructor(sources: string[]) {
    this.sources = sources;
  }

  /** Bytes that came, stored or left out. */
  held(source: LogSource, stream: LogStream): number {
    return this.#held.get(`${this.sources.indexOf(source)} ${stream}`) ?? 0;
  }

  stored(source: number): number {
    return this.#stored.get(source) ?? 0;
  }

  /** Bytes left out, by source. */
  get leftOut(): ReadonlyMap<number, number> {
    return this.#leftOut;
  }

  count(kind: 'data' | 'leftOut', source: number, stream: LogStream, length: number): void {
    const key = `${source} ${stream}`;
    this.#held.set(key, (this.#held.get(key) ?? 0) + length);
    const of = kind === 'data' ? this.#stored : this.#leftOut;
    of.set(source, (of.get(source) ?? 0) + length);
    if (kind === 'data') this.length += length;
    this.ended = false;
  }

  /** Adds a record read back from the index; false: it does not continue the log. */
  take(record: LogRecord): boolean {
    if (record.offset !== this.length || (record.kind !== 'end' && record.source >= this.sources.length)) return false;
    this.records += 1;
    if (record.kind === 'end') this.ended = true;
    else this.count(record.kind, record.source, record.stream, record.length);
    return this.length === endOf(record);
  }
}
