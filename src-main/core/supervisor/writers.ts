import type { Fault } from '../../contract/fault.ts';

/** A container that is watched for what it writes. */
export interface Writer {
  /** Bytes that it has written so far, as the engine tells. */
  readonly written: () => Promise<number>;
  /** Ends it; its run fails with the fault. */
  readonly stop: (fault: Fault) => Promise<void>;
}

/** All that writes at this moment, so that on a disk that is nearly full the one that wrote most can be stopped. */
export interface Writers {
  /** Returns the way to leave. */
  join(writer: Writer): () => void;
  /** Stops the one that has written most, with the fault that is made of what it wrote. Does nothing when none has written anything. */
  stopBiggest(faultFor: (written: number) => Fault): Promise<void>;
}

export const createWriters = (): Writers => {
  const writers = new Set<Writer>();
  return {
    join: (writer) => {
      writers.add(writer);
      return () => void writers.delete(writer);
    },
    stopBiggest: async (faultFor) => {
      const measured = await Promise.all([...writers].map(async (writer) => ({ writer, written: await writer.written().catch(() => 0) })));
      const [biggest] = measured.filter(({ writer, written }) => written > 0 && writers.has(writer)).toSorted((a, b) => b.written - a.written);
      if (biggest !== undefined) await biggest.writer.stop(faultFor(biggest.written));
    },
  };
};
