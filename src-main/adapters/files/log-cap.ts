import type { LogSource, LogStream } from '../../contract/log.ts';
import { RECORD_BYTES } from './log-record.ts';
import type { LogTotals } from './log-totals.ts';
import type { PendingLog } from './pending-log.ts';

/** Past the cap each source may still store this much, so that a flood of work does not take the checks' output away. */
const FLOOR_BYTES = 1024 * 1024;
/** Left-out bytes are noted at most this often: a kill loses the count of the last second, which is left out again. */
const NOTE_MS = 1_000;
const ENCODER = new TextEncoder();

/**
 * Decides what is stored. Stored bytes lie one after the other, so an offset means the same with and without a cut: left
 * out bytes have no offset, only a count in the index, and a line of Drydock's says where they are missing.
 */
export class LogCap {
  readonly #capBytes: number;
  readonly #floorBytes: number;
  readonly #totals: LogTotals;
  readonly #pending: PendingLog;
  readonly #now: () => number;
  readonly #unnoted = new Map<string, { source: number; stream: LogStream; length: number }>();
  readonly #announced: Set<number>;
  #notedAt = -Infinity;
  /** Whether the last stored byte ended a line, so that a line of Drydock's begins on its own. */
  #atLineStart = false;

  constructor(capBytes: number, totals: LogTotals, pending: PendingLog, now: () => number) {
    this.#capBytes = capBytes;
    this.#floorBytes = Math.min(FLOOR_BYTES, Math.floor(capBytes / 64));
    this.#totals = totals;
    this.#pending = pending;
    this.#now = now;
    this.#announced = new Set(totals.leftOut.keys());
  }

  take(source: LogSource, stream: LogStream, bytes: Uint8Array): void {
    const number = this.#numberOf(source);
    // Records count as well: output that changes streams at every byte must not fill the disk with its index.
    const full = this.#totals.length + this.#totals.records * RECORD_BYTES >= this.#capBytes;
    if (!full || source === 'drydock' || this.#totals.stored(number) < this.#floorBytes) {
      this.#store(number, stream, bytes);
      return;
    }
    if (!this.#announced.has(number)) {
      this.#announced.add(number);
      this.#say(`log cut at ${this.#totals.length} bytes: what more comes from ${source} is left out`);
    }
    this.#totals.count('leftOut', number, stream, bytes.length);
    const key = `${number} ${stream}`;
    const unnoted = this.#unnoted.get(key) ?? { source: number, stream, length: 0 };
    unnoted.length += bytes.length;
    this.#unnoted.set(key, unnoted);
    if (this.#now() - this.#notedAt >= NOTE_MS) this.noteLeftOut();
  }

  noteLeftOut(): void {
    if (this.#unnoted.size === 0) return;
    this.#notedAt = this.#now();
    for (const { source, stream, length } of this.#unnoted.values()) this.#note('leftOut', source, stream, length);
    this.#unnoted.clear();
  }

  noteTotal(): void {
    for (const [source, length] of this.#totals.leftOut) {
      this.#say(`log cut: ${length} bytes of ${this.#totals.sources[source] ?? 'output'} left out`);
    }
  }

  noteEnd(): void {
    this.#note('end', 0, 'stdout', 0);
  }

  #say(message: string): void {
    this.#store(this.#numberOf('drydock'), 'stdout', ENCODER.encode(`${this.#atLineStart ? '' : '\n'}${message}\n`));
  }

  #store(source: number, stream: LogStream, bytes: Uint8Array): void {
    this.#atLineStart = bytes.at(-1) === 0x0a;
    this.#totals.records += this.#pending.add(source, stream, bytes, this.#now()) ? 1 : 0;
    this.#totals.count('data', source, stream, bytes.length);
  }

  #note(kind: 'leftOut' | 'end', source: number, stream: LogStream, length: number): void {
    this.#pending.note(kind, source, stream, length, this.#now());
    this.#totals.records += 1;
  }

  #numberOf(source: string): number {
    const known = this.#totals.sources.indexOf(source);
    return known >= 0 ? known : this.#totals.sources.push(source) - 1;
  }
}
