import type { RunId } from '../../contract/ids.ts';

/** Snapshots under construction in this process: asked for twice at the same time, built once. */
export interface SnapshotBuilds {
  /** Settles when another run's build of this key has ended, well or not; null when there is none. */
  underWay(key: string, besides: RunId): Promise<void> | null;
  /** Announces that a run builds this key. */
  begin(key: string, run: RunId): void;
  /** Ends whatever the run was building. */
  end(run: RunId): void;
}

export const createSnapshotBuilds = (): SnapshotBuilds => {
  const builds = new Map<RunId, { key: string; ended: PromiseWithResolvers<void> }>();
  return {
    underWay: (key, besides) => {
      for (const [run, build] of builds) if (build.key === key && run !== besides) return build.ended.promise;
      return null;
    },
    begin: (key, run) => {
      // Announced again by the setup itself: whoever waits already waits for this one.
      if (builds.get(run)?.key === key) return;
      builds.get(run)?.ended.resolve();
      builds.set(run, { key, ended: Promise.withResolvers<void>() });
    },
    end: (run) => {
      builds.get(run)?.ended.resolve();
      builds.delete(run);
    },
  };
};
