import { createHash } from 'node:crypto';
import type { LandingPreview } from '../../contract/landing.ts';
import type { LandedFacts, LandingRequest } from '../../ports/landing-site.ts';
import type { FaultPoint } from '../../ports/surroundings.ts';
import type { DepotDirectory } from './depot-directory.ts';
import type { UserRepository } from './user-repository.ts';

/** What a landing is planned and carried out with. */
export interface LandingContext {
  readonly request: LandingRequest;
  readonly depot: DepotDirectory;
  readonly repository: UserRepository;
  /** A folder that is gone when the call ends. */
  readonly scratch: string;
  readonly faultPoint: FaultPoint;
}

/** What a landing would do, and the way to do it. */
export interface LandingPlan {
  readonly preview: Omit<LandingPreview, 'token'>;
  /** What the plan was computed from, a line each, beginning with what it is about. */
  readonly basis: readonly string[];
  /** Does it. Rejects without having changed anything the user can see, or having put it back. */
  perform(): Promise<LandedFacts>;
}

/** The token binds a preview to what it was computed from. */
export function tokenOf(request: LandingRequest, plan: LandingPlan): string {
  const bound = [request.project.id, request.base.commit, request.tree, request.target, plan.preview.message, plan.basis];
  return createHash('sha256').update(JSON.stringify(bound)).digest('hex');
}
