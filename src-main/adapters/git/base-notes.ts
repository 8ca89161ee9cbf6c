import type { DepotDirectory } from './depot-directory.ts';
import type { GitPlace } from './git-place.ts';
import { findOutside, settleOutside } from './outside.ts';
import type { FoundRepository } from './user-repository.ts';

/** Trees whose facts are remembered: what a tree points at never changes. */
const remembered = 64;

/** `depot`: what the user's clone has of what the tree points at is taken in; null: only looked for. */
export type BaseNotes = (repository: FoundRepository, place: GitPlace, tree: string, depot: DepotDirectory | null) => Promise<string[]>;

/** What the user should know about a tree (by its id) that becomes a base; what it points at is asked of git once. */
export function createBaseNotes(): BaseNotes {
  const known = new Map<string, ReturnType<typeof findOutside>>();
  return async (repository, place, tree, depot) => {
    const finding = known.get(tree) ?? findOutside(place, tree);
    known.set(tree, finding);
    finding.catch(() => known.delete(tree));
    for (const oldest of known.keys()) if (known.size > remembered) known.delete(oldest);
    return settleOutside(repository, await finding, depot);
  };
}
