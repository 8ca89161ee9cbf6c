import type { LogSource, LogStream } from '../../contract/log.ts';
import { LogFailure, type LogWriter } from '../../ports/log-store.ts';
import type { FaultPoint } from '../../ports/surroundings.ts';
import { logFailure } from './log-fault.ts';
import { LogCap } from './log-cap.ts';
import type { LogTotals } from './log-totals.ts';
import { PendingLog, release, type Batch } from './pending-log.ts';
import { compressAll } from './segments.ts';
import type { LogFiles } from './write-batch.ts';

/** Bytes that may wait for the disk before a producer is held back. */
const HELD_BACK_AT = 4 * 1024 * 1024;

export interface WriterParts {
  readonly folder: string;
  readonly segmentBytes: number;
  readonly totals: LogTotals;
  readonly files: LogFiles;
  readonly capBytes: number;
  readonly now: () => number;
  readonly faultPoint: FaultPoint;
  /** Called once, when this writer is no more. */
  readonly onClosed: () => void;
}

/** What readers may see while the log is being written. */
export interface WrittenSoFar {
  readonly length: number;
  readonly records: number;
  readonly ended: boolean;
  readonly sources: readonly string[];
}

/**
 * Appends go to memory and are written behind, one write at a time. When the disk refuses, what was taken is kept and
 * written again by the next append or flush: after a rejection `held` still says exactly what was taken.
 */
export class SegmentLogWriter implements LogWriter {
  readonly #parts: WriterParts;
  readonly #cap: LogCap;
  readonly #pending: PendingLog;
  /** A batch that the disk refused: it goes first, again. */
  #stuck: Batch | null = null;
  #running: Promise<void> | null = null;
  #held: { resolve: () => void; reject: (failure: LogFailure) => void }[] = [];
  #written: { length: number; records: number; ended: boolean };
  #closed = false;
  /** What comes while the end is being marked would lie behind it, in a file that is about to be replaced. */
  #ending = false;

  constructor(parts: WriterParts) {
    this.#parts = parts;
    const { totals, capBytes, now } = parts;
    this.#pending = new PendingLog(totals.length);
    this.#cap = new LogCap(capBytes, totals, this.#pending, now);
    this.#written = { length: totals.length, records: totals.records, ended: totals.ended };
  }

  get length(): number {
    return this.#parts.totals.length;
  }

  get writtenSoFar(): WrittenSoFar {
    return { ...this.#written, sources: this.#parts.totals.sources };
  }

  held(source: LogSource, stream: LogStream): number {
    return this.#parts.totals.held(source, stream);
  }

  append(source: LogSource, stream: LogStream, bytes: Uint8Array): void | Promise<void> {
    if (this.#closed || this.#ending) return Promise.reject(this.#closedFailure());
    if (bytes.length === 0) return;
    if (this.#stuck !== null) return this.#appendAgain(source, stream, Uint8Array.from(bytes));
    this.#cap.take(source, stream, bytes);
    // All of it may have been left out.
    if (this.#running === null && !this.#pending.empty) this.#start().catch(() => {});
    if (this.#pending.weight <= HELD_BACK_AT) return;
    return new Promise((resolve, reject) => {
      this.#held.push({ resolve, reject });
    });
  }

  async flush(): Promise<void> {
    if (this.#closed) throw this.#closedFailure();
    this.#cap.noteLeftOut();
    while (this.#running !== null || this.#stuck !== null || !this.#pending.empty) await (this.#running ?? this.#start());
  }

  /** Every byte is on the disk before the end is marked, and the end before the segments are compressed. */
  async end(): Promise<void> {
    const { folder, segmentBytes, totals, files, faultPoint } = this.#parts;
    this.#ending = true;
    try {
      await this.flush();
      if (!totals.ended) {
        this.#cap.noteTotal();
        await this.flush();
        await files.sync(totals.length);
        this.#cap.noteEnd();
        totals.ended = true;
        await this.flush();
      }
      await files.syncIndex();
      await compressAll(folder, Math.ceil(totals.length / segmentBytes), faultPoint);
    } catch (error) {
      this.#ending = false;
      throw logFailure(error, folder);
    }
    await this.#release();
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    try {
      await this.flush();
    } finally {
      await this.#release();
    }
  }

  /** Lets go of a log that is being removed: nothing more is written. */
  async abandon(): Promise<void> {
    this.#closed = true;
    await this.#running?.catch(() => {});
    await this.#release();
  }

  async #appendAgain(source: LogSource, stream: LogStream, bytes: Uint8Array): Promise<void> {
    await this.flush();
    await this.append(source, stream, bytes);
  }

  /** Only where something waits to be written: what is done in one go would be noted as running for ever. */
  #start(): Promise<void> {
    this.#running = this.#writeBehind();
    return this.#running;
  }

  async #writeBehind(): Promise<void> {
    const { files, totals, folder } = this.#parts;
    try {
      while (this.#stuck !== null || !this.#pending.empty) {
        const batch = this.#stuck ?? this.#pending.take();
        this.#stuck = null;
        await files.write(batch, this.#written.records, totals.sources).catch((error: unknown) => {
          this.#stuck = batch;
          throw error;
        });
        this.#written = {
          length: this.#written.length + batch.length,
          records: this.#written.records + batch.records.length,
          ended: batch.records.at(-1)?.kind === 'end',
        };
        release(batch);
        if (this.#pending.weight <= HELD_BACK_AT) for (const one of this.#held.splice(0)) one.resolve();
      }
    } catch (error) {
      const failure = logFailure(error, folder);
      for (const one of this.#held.splice(0)) one.reject(failure);
      throw failure;
    } finally {
      // In one go with the last look for more: what comes from here on starts a writer anew.
      this.#running = null;
    }
  }

  async #release(): Promise<void> {
    this.#closed = true;
    this.#parts.onClosed();
    for (const one of this.#held.splice(0)) one.reject(this.#closedFailure());
    await this.#parts.files.close();
  }

  #closedFailure(): LogFailure {
    const message = `The log in ${this.#parts.folder} is closed.`;
    return new LogFailure({ code: 'internal', message, next: 'Report this with the text above.' });
  }
}
