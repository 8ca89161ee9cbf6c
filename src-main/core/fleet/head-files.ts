import type { ProjectId } from '../../contract/ids.ts';
import { fileSetOf, type FileSet } from '../../domain/file-set.ts';
import { globMatcher } from '../../domain/scope-globs.ts';
import type { Clock } from '../../ports/surroundings.ts';
import type { Depot, DepotProject } from '../../ports/depot.ts';

/** Milliseconds for which HEAD is believed to be where it was: looking costs two processes of git. */
const LOOK_MS = 5_000;
/** Sets of files kept for one project. */
const KEPT_SETS = 1_000;

/** The files of a project's HEAD, sorted, and which of them globs match. */
export interface HeadFiles {
  readonly files: readonly string[];
  /** In steps. `key` names the globs and what they are from. */
  scopeOf(key: string, globs: readonly string[], workingDirectory: string): Generator<void, FileSet>;
}

interface Known extends HeadFiles {
  readonly commit: string;
  readonly lookedAt: number;
}

/** The files of HEAD by project: listed again when HEAD has moved, each set of globs matched once. Null: the repository cannot be read now. */
export const createHeadFiles = (depot: Pick<Depot, 'resolve' | 'baseFiles'>, clock: Pick<Clock, 'monotonic'>) => {
  const known = new Map<ProjectId, Known>();

  const list = async (project: DepotProject): Promise<Known> => {
    const before = known.get(project.id);
    const lookedAt = clock.monotonic();
    if (before !== undefined && lookedAt - before.lookedAt < LOOK_MS) return before;
    const { commit } = await depot.resolve(project, { kind: 'head' });
    if (before?.commit === commit) return { ...before, lookedAt };
    const files = (await depot.baseFiles(project, { kind: 'commit', commit })).toSorted();
    const sets = new Map<string, FileSet>();
    function* scopeOf(key: string, globs: readonly string[], workingDirectory: string): Generator<void, FileSet> {
      const set = sets.get(key) ?? (yield* fileSetOf(files, globMatcher(globs, workingDirectory)));
      sets.delete(key);
      sets.set(key, set);
      for (const oldest of sets.keys()) if (sets.size > KEPT_SETS) sets.delete(oldest);
      return set;
    }
    return { commit, lookedAt, files, scopeOf };
  };

  return {
    of: async (project: DepotProject): Promise<HeadFiles | null> => {
      try {
        const now = await list(project);
        known.set(project.id, now);
        return now;
      } catch {
        // Moved away, without a commit, git gone: what was changed is still compared.
        return null;
      }
    },
    keepOnly: (projects: ReadonlySet<ProjectId>): void => {
      for (const id of known.keys()) if (!projects.has(id)) known.delete(id);
    },
  };
};
