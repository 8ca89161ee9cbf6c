import type { LandingPreview, LandingTarget } from '../contract/landing.ts';
import type { CommitId, TreeId } from '../contract/ids.ts';
import type { CommittedBase } from '../contract/result.ts';
import type { DepotProject } from './depot.ts';

export interface LandingRequest {
  readonly project: DepotProject;
  readonly base: CommittedBase;
  /** The tree that the user accepted. */
  readonly tree: TreeId;
  readonly target: LandingTarget;
  readonly message: string;
  /** Name of the landing: a repeat with the same one changes nothing twice. */
  readonly landing: string;
}

export interface LandedFacts {
  readonly refs: readonly { readonly name: string; readonly to: CommitId }[];
  readonly paths: readonly string[];
  readonly patch: string | null;
  readonly file: string | null;
}

/**
 * The user's repository as the place where results are landed: the only writer to it. Rejects with DepotFailure
 * (branchExists, targetMoved, dirtyPath, conflict, nothingToLand, diskFull).
 */
export interface LandingSite {
  /** How a tree would merge onto a commit of the user's: what does not fit, and whether the commit has all of it already. Writes nothing the user can see. */
  fit(request: Pick<LandingRequest, 'project' | 'base' | 'tree'>, onto: CommitId): Promise<{ readonly conflicts: readonly string[]; readonly contained: boolean }>;
  /** Says exactly which refs and paths would change. Writes nothing the user can see. */
  preview(request: LandingRequest): Promise<LandingPreview>;
  /**
   * Does what the preview with this token said, all or nothing: refused with targetMoved when anything it was computed
   * from changed. Repeated after a crash with the same landing name it completes what was begun.
   */
  land(request: LandingRequest, token: string): Promise<LandedFacts>;
}
