import type { DiskSpace } from '../../contract/disk.ts';
import type { Fault } from '../../contract/fault.ts';
import { floorsOf, levelOf } from '../../domain/disk/floors.ts';
import { sizeInWords } from '../../domain/size-in-words.ts';
import type { Deps } from '../deps.ts';
import { readSettings } from '../service/settings.ts';
import type { Supervisor } from '../supervisor/supervisor.ts';

/** Between looks. A look is one call of the file system; what writes fast needs this long for some GB. */
const EVERY_MS = 10_000;

type SpaceDeps = Pick<Deps, 'store' | 'engines' | 'disks' | 'dataDirectory' | 'clock'>;

/** Watches the free space that runs depend on, holds the queue while it is low, and stops the biggest writer when it is nearly spent. */
export interface SpaceWatch {
  /** The disks as they are now. */
  spaces(): Promise<DiskSpace[]>;
  /** Looks at once, and has the queue wait or go on by the time it resolves; by itself it looks every ten seconds from the first look on. */
  look(): Promise<void>;
  dispose(): void;
}

const WHAT: Readonly<Record<DiskSpace['holds'], string>> = { data: "Drydock's data", engine: "the engine's images and containers" };

const lowFault = (space: DiskSpace, summary: string): Fault => ({
  code: 'diskFull',
  // The number that is free moves with every look; what is said once stays as it is.
  message: `Less than ${sizeInWords(space.floorBytes)} is free at ${space.path}, the disk of ${WHAT[space.holds]}: the queue waits.`,
  next: `${summary === '' ? 'Drydock itself holds nothing that may go: free some space on that disk.' : `Fleet, or \`drydock disk free\`, can free ${summary}.`} The queue goes on by itself.`,
  detail: { path: space.path, floorBytes: space.floorBytes },
});

const spentFault = (space: DiskSpace, written: number): Fault => ({
  code: 'diskFull',
  message: `Stopped: the disk of ${WHAT[space.holds]} had only ${sizeInWords(space.freeBytes)} left at ${space.path}, and of all that ran this had written most, ${sizeInWords(written)}.`,
  next: 'Free some space, then retry the run; `drydock disk` says what Drydock can free.',
  detail: { path: space.path, freeBytes: space.freeBytes },
});

/** `summaryOf` says what could be freed, in words. */
export const createSpaceWatch = (deps: SpaceDeps, supervisor: Pick<Supervisor, 'waitForSpace' | 'writers'>, summaryOf: () => Promise<string>): SpaceWatch => {
  const { store, engines, disks, dataDirectory, clock } = deps;
  /** Where the engine's data are on this machine; null: elsewhere, or not known. Asked once of each engine. */
  let engineRoot: string | null = null;
  let isAsked = false;
  let told: Fault | null = null;
  let isDisposed = false;
  let callOff = (): void => {};

  const rootOf = async (): Promise<string | null> => {
    const engine = engines.engine();
    if (engine === null || isAsked) return engineRoot;
    const found = await engine.details().catch(() => null);
    if (found === null) return engineRoot;
    isAsked = true;
    engineRoot = found.isLocal && found.rootDirectory !== '' ? found.rootDirectory : null;
    return engineRoot;
  };
  const stopListening = engines.onChange(({ state }) => {
    isAsked = false;
    // Its disk is known from now on.
    if (state === 'up' && !isDisposed) void look().catch(() => {});
  });

  const spaces = async (): Promise<DiskSpace[]> => {
    const chosen = readSettings(store).freeSpaceGib;
    const root = await rootOf();
    const places = [{ holds: 'data' as const, path: dataDirectory }, ...(root === null ? [] : [{ holds: 'engine' as const, path: root }])];
    const found = await Promise.all(
      places.map(async ({ holds, path }): Promise<DiskSpace[]> => {
        const space = await disks.space(path);
        return space === null ? [] : [{ holds, path, ...space, ...floorsOf(space.totalBytes, chosen) }];
      }),
    );
    return found.flat();
  };

  /** Says it when it is another than what was said. */
  const tell = (fault: Fault | null): void => {
    if (JSON.stringify(fault) === JSON.stringify(told)) return;
    told = fault;
    supervisor.waitForSpace(fault);
  };

  const act = async (found: readonly DiskSpace[]): Promise<void> => {
    const [low] = found.filter((space) => levelOf(space) !== 'enough').toSorted((a, b) => a.freeBytes - b.freeBytes);
    if (low === undefined) return tell(null);
    // At once, and again with what would help: looking through what is held takes a while, and nobody waits for it.
    if (told === null) tell(lowFault(low, ''));
    summaryOf().then(
      (summary) => {
        if (told !== null && !isDisposed) tell(lowFault(low, summary));
      },
      () => {},
    );
    const spent = found.find((space) => space.holds === 'engine' && levelOf(space) === 'spent');
    if (spent !== undefined) await supervisor.writers.stopBiggest((written) => spentFault(spent, written));
  };

  const look = async (): Promise<void> => {
    callOff();
    try {
      const found = await spaces();
      if (!isDisposed) await act(found);
    } finally {
      if (!isDisposed) {
        callOff();
        callOff = clock.after(EVERY_MS, () => void look().catch(() => {}));
      }
    }
  };

  return {
    spaces,
    look,
    dispose: () => {
      isDisposed = true;
      callOff();
      stopListening();
    },
  };
};
