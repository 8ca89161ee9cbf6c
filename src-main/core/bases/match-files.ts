import type { BaseChoice } from '../../contract/brief.ts';
import type { ProjectId } from '../../contract/ids.ts';
import { globMatcher } from '../../domain/scope-globs.ts';
import type { Deps } from '../deps.ts';
import { inSlices } from '../in-slices.ts';
import { requireProject } from '../require.ts';

/** Paths that one answer names. */
const NAMED = 200;
/** Files that are matched before the clock is looked at: with hundreds of globs one takes a tenth of a millisecond. */
const BATCH = 50;

export interface MatchQuestion {
  readonly projectId: ProjectId;
  readonly base: BaseChoice;
  readonly workingDirectory: string;
  readonly globs: readonly string[];
}

/** Which files of a base a brief's globs match, just as a result's paths are matched. No globs match nothing. */
export const matchFiles = async (deps: Deps, { projectId, base, workingDirectory, globs }: MatchQuestion): Promise<{ count: number; paths: string[]; total: number }> => {
  const files = await deps.depot.baseFiles(requireProject(deps.store, projectId), base);
  const matched = await inSlices(deps.clock, matching(files, globMatcher(globs, workingDirectory)));
  return { count: matched.length, paths: matched.toSorted().slice(0, NAMED), total: files.length };
};

function* matching(files: readonly string[], matches: (path: string) => boolean): Generator<void, string[]> {
  const matched: string[] = [];
  for (const [at, path] of files.entries()) {
    if (matches(path)) matched.push(path);
    if (at % BATCH === BATCH - 1) yield;
  }
  return matched;
}
