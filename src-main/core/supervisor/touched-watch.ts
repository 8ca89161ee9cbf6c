import type { Progress } from '../../contract/run.ts';
import type { ContainerEngine } from '../../ports/container-engine.ts';
import type { Clock } from '../../ports/surroundings.ts';
import { listTouched } from '../live/look-into-container.ts';

/** Until the first look, and between looks at least. */
const FIRST_MS = 3_000;
const LONGEST_MS = 60_000;
/** A look walks the whole workspace: the container is kept busy by looks for at most a twentieth of the time. */
const COST_FACTOR = 20;
const MOST_PATHS = 200;

export interface TouchedWatched {
  readonly engine: ContainerEngine;
  readonly clock: Clock;
  readonly container: string;
  readonly onLook: (touched: NonNullable<Progress['touched']>) => void;
}

/**
 * Looks now and then at what a running container has touched. Nothing follows from a look that fails: the run goes on, and the card
 * shows what it showed. Returns the way to stop, which lets go of a look under way.
 */
export const watchTouched = ({ engine, clock, container, onLook }: TouchedWatched): (() => void) => {
  const stopping = new AbortController();
  let callOff = (): void => {};
  const look = async (): Promise<void> => {
    const began = clock.monotonic();
    try {
      const touched = await listTouched(engine, container, stopping.signal);
      // Without find there is nothing to see, now or later.
      if (stopping.signal.aborted || touched === null) return;
      onLook({ files: touched.files.length, paths: touched.files.slice(0, MOST_PATHS).map(({ path }) => path) });
    } catch {
      // An engine that is away, a container that has just ended, a look that took too long: the next one may see more.
    }
    if (stopping.signal.aborted) return;
    callOff = clock.after(Math.min(LONGEST_MS, Math.max(FIRST_MS, (clock.monotonic() - began) * COST_FACTOR)), () => void look());
  };
  callOff = clock.after(FIRST_MS, () => void look());
  return () => {
    stopping.abort();
    callOff();
  };
};
