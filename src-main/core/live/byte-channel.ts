import type { Clock } from '../../ports/surroundings.ts';
import { pause } from '../supervisor/until.ts';

/** Bytes that may wait for the reader before the writer is held back. */
const MOST_WAITING = 256 * 1024;
/** Bytes of one piece at most: small enough for every transport, large enough to be few. */
const MOST_AT_ONCE = 64 * 1024;
/**
 * Bytes a second after the first ones. More than a person or a terminal can take; less than what lets a transport whose reader
 * sleeps pile up memory before it notices.
 */
const PER_SECOND = 4 * 2 ** 20;
const AT_FIRST = 2 ** 20;

/**
 * Carries bytes from a container to a live listener, with an end to what is held in memory: the writer waits for a slow reader, and
 * so, by way of its connection, does the container.
 */
export interface ByteChannel {
  /** Takes a copy. Settles when there is room for more; after the end at once, and the bytes are dropped. */
  push(bytes: Uint8Array): Promise<void>;
  /** No more comes. What waits is still read. */
  end(): void;
  /** Nobody reads any more: what waits is dropped. */
  drop(): void;
  /** Pieces in order, at a bounded pace, until the end, or until `signal` aborts. */
  pieces(signal: AbortSignal): AsyncGenerator<Buffer, void>;
}

export const createByteChannel = (clock: Clock): ByteChannel => {
  let waiting: Buffer[] = [];
  let length = 0;
  let ended = false;
  let change = Promise.withResolvers<void>();
  const changed = (): void => {
    change.resolve();
    change = Promise.withResolvers<void>();
  };

  const take = (): Buffer => {
    const all = Buffer.concat(waiting);
    const piece = all.subarray(0, MOST_AT_ONCE);
    waiting = all.length > piece.length ? [all.subarray(piece.length)] : [];
    length = all.length - piece.length;
    changed();
    return piece;
  };

  const drop = (): void => {
    ended = true;
    waiting = [];
    length = 0;
    changed();
  };

  return {
    push: async (bytes) => {
      if (ended) return;
      waiting.push(Buffer.from(bytes));
      length += bytes.length;
      changed();
      while (length > MOST_WAITING && !ended) await change.promise;
    },
    end: () => {
      ended = true;
      changed();
    },
    drop,
    async *pieces(signal) {
      const wake = (): void => changed();
      signal.addEventListener('abort', wake);
      try {
        let allowance = AT_FIRST;
        let at = clock.monotonic();
        while (!signal.aborted) {
          if (length === 0) {
            if (ended) return;
            await change.promise;
            continue;
          }
          const now = clock.monotonic();
          allowance = Math.min(AT_FIRST, allowance + ((now - at) / 1_000) * PER_SECOND);
          at = now;
          if (allowance <= 0) await pause(clock, Math.max(1, Math.ceil((-allowance / PER_SECOND) * 1_000)), signal).catch(() => {});
          else {
            const piece = take();
            allowance -= piece.length;
            yield piece;
          }
        }
      } finally {
        signal.removeEventListener('abort', wake);
        drop();
      }
    },
  };
};
