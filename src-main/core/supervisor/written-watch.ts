import type { Fault } from '../../contract/fault.ts';
import type { Clock } from '../../ports/surroundings.ts';
import type { ContainerEngine } from '../../ports/container-engine.ts';
import type { Writers } from './writers.ts';

/** Until the first look. A disk writes some GB meanwhile; shorter would cost every short run a look. */
const FIRST_MS = 2_000;
/** Between looks at most: what is written slowly is no hurry. */
const LONGEST_MS = 30_000;
/** The engine walks all that was written: it is kept busy by looks for at most a twentieth of the time. */
const COST_FACTOR = 20;

export interface Watched {
  readonly engine: ContainerEngine;
  readonly clock: Clock;
  readonly container: string;
  /** Bytes that it may write. */
  readonly most: number;
  /** Called once, before the container is killed. */
  readonly onOver: (written: number) => void;
  readonly writers: Writers;
  /** Called once, before the container is killed because the disk is nearly full and it wrote most. */
  readonly onSpent: (fault: Fault) => void;
}

/**
 * Kills a running container that has written more than it may, so that one run cannot fill the disk of all. What is found at its end
 * is measured again by whoever takes it over. Returns the way to stop watching.
 */
export const watchWritten = ({ engine, clock, container, most, onOver, writers, onSpent }: Watched): (() => void) => {
  let stopped = false;
  let callOff = (): void => {};
  const leave = writers.join({
    written: () => engine.writtenBytes(container),
    stop: async (fault) => {
      if (stopped) return;
      onSpent(fault);
      await engine.stop(container, 0).catch(() => {});
    },
  });
  const look = async (): Promise<void> => {
    const began = clock.monotonic();
    // An engine that is away is noticed by those who wait for the container.
    const written = await engine.writtenBytes(container).catch(() => 0);
    if (stopped) return;
    if (written > most) {
      onOver(written);
      await engine.stop(container, 0).catch(() => {});
      return;
    }
    const cost = clock.monotonic() - began;
    callOff = clock.after(Math.min(LONGEST_MS, Math.max(FIRST_MS, cost * COST_FACTOR)), () => void look());
  };
  callOff = clock.after(FIRST_MS, () => void look());
  return () => {
    stopped = true;
    leave();
    callOff();
  };
};
