import type { LogStream } from '../../contract/log.ts';
import type { PieceFilter } from './output-pump.ts';

const SPACE = 0x20;
const NEWLINE = 0x0a;

interface EntryState {
  /** Of the entry that is coming in: its time so far, until the space behind it. */
  stamp: string;
  inStamp: boolean;
  /** Of the entry before: its time, and whether it lacked a line break. */
  lastStamp: string;
  open: boolean;
  lastByte: number;
}

/**
 * Brings back the bytes that a container wrote from its stored log read with timestamps, in which every frame is one
 * entry, and drops the first `held` of each stream; `held`
 * grows with what is passed on. The engine cuts a line of 16 KiB or more into entries of one and
 * the same time, and Docker's `local` driver (seen in 20.10) then loses the line break at its end: it is put back when
 * an entry of another time follows. Whether the very last such line had one cannot be known; none is made up.
 */
export const loggedPieces = (held: Record<LogStream, number>): PieceFilter => {
  const fresh = (): EntryState => ({ stamp: '', inStamp: true, lastStamp: '', open: false, lastByte: -1 });
  const states: Record<LogStream, EntryState> = { stdout: fresh(), stderr: fresh() };
  return (gathered) => {
    const seen: Record<LogStream, number> = { stdout: 0, stderr: 0 };
    const pass = (stream: LogStream, chunk: Buffer, start: number, end: number): void => {
      const dropped = Math.min(Math.max(held[stream] - seen[stream], 0), end - start);
      seen[stream] += end - start;
      held[stream] = Math.max(held[stream], seen[stream]);
      gathered.add(stream, chunk, start + dropped, end);
    };
    return (stream, chunk, start, end, ends) => {
      const state = states[stream];
      let at = start;
      if (state.inStamp) {
        const space = chunk.subarray(start, end).indexOf(SPACE);
        at = space < 0 ? end : start + space + 1;
        state.stamp += chunk.toString('latin1', start, space < 0 ? end : at - 1);
        if (space >= 0) {
          state.inStamp = false;
          if (state.open && state.stamp !== state.lastStamp) pass(stream, Buffer.of(NEWLINE), 0, 1);
          state.open = false;
        }
      }
      if (end > at) {
        pass(stream, chunk, at, end);
        state.lastByte = chunk[end - 1] ?? -1;
      }
      if (!ends) return;
      state.open = state.lastByte !== NEWLINE;
      state.lastStamp = state.stamp;
      state.stamp = '';
      state.inStamp = true;
      state.lastByte = -1;
    };
  };
};
