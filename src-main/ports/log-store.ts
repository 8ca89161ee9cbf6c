import type { RunId } from '../contract/ids.ts';
import type { LogSlice, LogSource, LogStream } from '../contract/log.ts';
import { Failure } from './failure.ts';

/** The one thing that a log store throws: diskFull, damagedData, or internal for a call that breaks the port's rules. */
export class LogFailure extends Failure {}

export interface LogName {
  readonly run: RunId;
  readonly turn: number;
}

/** One turn's log, open for appending. There is at most one writer of a log. */
export interface LogWriter {
  /** Bytes held so far, all sources. */
  readonly length: number;
  /** Bytes held of one stream of one source: where a resumed reader goes on. */
  held(source: LogSource, stream: LogStream): number;
  /** Takes a copy of the bytes. A returned promise holds the producer back while the disk is behind. */
  append(source: LogSource, stream: LogStream, bytes: Uint8Array): void | Promise<void>;
  /** Settles when everything appended so far is in the file. */
  flush(): Promise<void>;
  /** Marks the end of the log and compresses it. */
  end(): Promise<void>;
  /** Lets go without an end: the turn goes on with another service. */
  close(): Promise<void>;
}

/** Append-only segments of bytes, addressed by offset. A torn last write is cut off on opening. */
export interface LogStore {
  open(name: LogName): Promise<LogWriter>;
  read(name: LogName, offset: number, maxBytes: number): Promise<LogSlice>;
  remove(run: RunId): Promise<void>;
  /** Runs that have a log, in no order. */
  runs(): Promise<RunId[]>;
  /** Bytes that a run's log takes on the disk; 0 when there is none. */
  weigh(run: RunId): Promise<number>;
}
