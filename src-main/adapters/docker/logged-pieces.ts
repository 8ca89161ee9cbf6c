import type { LogStream } from '../../contract/log.ts';
import type { PieceFilter } from './output-pump.ts';

/** The engine cuts a longer line into entries of this size (moby, daemon/logger/copier.go). */
const ENTRY_BYTES = 16 * 1024;
const NEWLINE = 0x0a;

interface EntryState {
  bytes: number;
  last: number;
  /** The line so far was cut by the engine. */
  inLongLine: boolean;
  owesNewline: boolean;
}

/**
 * Brings back the bytes that a container wrote from its stored log, in which every frame is one entry, and drops
 * the first `skip` of each stream. Docker's `local` driver (seen in 20.10) loses the line break after a line of 16 KiB
 * or more: it is put back when another entry of that stream follows. Whether the very last such line had one cannot
 * be known, and none is made up.
 */
export const loggedPieces = (skip: Record<LogStream, number>): PieceFilter => {
  const fresh = (): EntryState => ({ bytes: 0, last: -1, inLongLine: false, owesNewline: false });
  const states: Record<LogStream, EntryState> = { stdout: fresh(), stderr: fresh() };
  return (gathered) => {
    const pass = (stream: LogStream, chunk: Buffer, start: number, end: number): void => {
      const dropped = Math.min(skip[stream], end - start);
      skip[stream] -= dropped;
      gathered.add(stream, chunk, start + dropped, end);
    };
    return (stream, chunk, start, end, ends) => {
      const state = states[stream];
      if (state.owesNewline) {
        state.owesNewline = false;
        pass(stream, Buffer.of(NEWLINE), 0, 1);
      }
      pass(stream, chunk, start, end);
      state.bytes += end - start;
      if (end > start) state.last = chunk[end - 1] ?? -1;
      if (!ends) return;
      const whole = state.bytes > 0 && state.last === NEWLINE;
      const cut = !whole && state.bytes === ENTRY_BYTES;
      state.owesNewline = !whole && !cut && state.inLongLine;
      state.inLongLine = cut;
      state.bytes = 0;
      state.last = -1;
    };
  };
};
