import { assertNever } from '../../domain/assert-never.ts';
import type { LandedFacts, LandingRequest, LandingSite } from '../../ports/landing-site.ts';
import { type FaultPoint, noFaultPoint } from '../../ports/surroundings.ts';
import { type DepotDirectory, requireDepot, withScratch } from './depot-directory.ts';
import { failure, fileFailure } from './git-failure.ts';
import { branchWasMoved, mergeIn, planBranch } from './land-branch.ts';
import { planPatch } from './land-patch.ts';
import { planWorkingTree } from './land-working-tree.ts';
import { type LandingContext, type LandingPlan, tokenOf } from './landing-plan.ts';
import { readRecord, writeRecord } from './landing-record.ts';
import { finishMoving } from './move-files.ts';
import { someOf } from './snapshot-working-tree.ts';
import { openUserRepository, type UserRepository } from './user-repository.ts';

export interface LandingSiteSettings {
  /** Folder of all depots, as given to the depot. */
  readonly depotDirectory: string;
  readonly faultPoint?: FaultPoint;
}

/** Previews whose basis is remembered, so that a refused landing can say what changed. */
const rememberedPreviews = 20;

/** The user's repository on disk, by the machine's git. */
export function createLandingSite({ depotDirectory, faultPoint = noFaultPoint }: LandingSiteSettings): LandingSite {
  const bases = new Map<string, readonly string[]>();
  const busy = new Map<string, Promise<unknown>>();

  async function planned<Outcome>(request: LandingRequest, then: (plan: LandingPlan, token: string, context: LandingContext) => Promise<Outcome>): Promise<Outcome> {
    const depot = await requireDepot(depotDirectory, request.project.id);
    const repository = await openUserRepository(request.project.path);
    if (request.tree === request.base.tree) throw failure('nothingToLand', 'Nothing of the result is included.', 'Include at least one change, or close the brief.');
    return withScratch(depot, async (scratch) => {
      const context = { request, depot, repository, scratch, faultPoint };
      const plan = await planFor(context);
      return then(plan, tokenOf(request, plan), context);
    });
  }

  async function land(request: LandingRequest, token: string): Promise<LandedFacts> {
    const depot = await requireDepot(depotDirectory, request.project.id);
    const done = await finishEarlier(depot, request, faultPoint);
    if (done !== null) return done;
    return planned(request, async (plan, current) => {
      if (current !== token) throw moved(bases.get(token) ?? null, plan);
      if (plan.preview.conflicts.length > 0) throw conflicting(plan);
      const facts = await plan.perform();
      return record(depot, request, facts, faultPoint);
    });
  }

  return {
    fit: async ({ project, base, tree }, onto) => {
      const depot = await requireDepot(depotDirectory, project.id);
      const repository = await openUserRepository(project.path);
      return withScratch(depot, async (scratch) => {
        const { merged, parentTree } = await mergeIn({ depot, repository, scratch }, { base, tree }, onto);
        return { conflicts: merged.conflicts, contained: merged.conflicts.length === 0 && merged.tree === parentTree };
      });
    },
    preview: (request) =>
      planned(request, async (plan, token) => {
        bases.set(token, plan.basis);
        for (const oldest of [...bases.keys()].slice(0, Math.max(0, bases.size - rememberedPreviews))) bases.delete(oldest);
        return { ...plan.preview, token };
      }),
    async land(request, token) {
      // One landing at a time in a repository; the one before may fail as it likes.
      const before = busy.get(request.project.id) ?? Promise.resolve();
      const turn = before.then(
        () => land(request, token),
        () => land(request, token),
      );
      busy.set(request.project.id, turn);
      try {
        return await turn;
      } catch (error) {
        throw fileFailure(error);
      } finally {
        if (busy.get(request.project.id) === turn) busy.delete(request.project.id);
      }
    },
  };
}

function planFor(context: LandingContext): Promise<LandingPlan> {
  const { target } = context.request;
  switch (target.kind) {
    case 'branch':
      return planBranch(context, target);
    case 'workingTree':
      return planWorkingTree(context, target);
    case 'patch':
      return planPatch(context, target);
    default:
      return assertNever(target);
  }
}

/** Completes a landing of this name that was begun before; null when it has yet to change anything. */
async function finishEarlier(depot: DepotDirectory, request: LandingRequest, faultPoint: FaultPoint): Promise<LandedFacts | null> {
  const earlier = await readRecord(depot, request.landing);
  if (earlier === null) return null;
  if (earlier.state === 'landed') return earlier.facts;
  const repository: UserRepository = await openUserRepository(request.project.path);
  if (earlier.state === 'movingRef') {
    return (await branchWasMoved(repository, earlier)) ? record(depot, request, earlier.facts, faultPoint) : null;
  }
  await finishMoving(repository, earlier, faultPoint);
  return record(depot, request, earlier.facts, faultPoint);
}

async function record(depot: DepotDirectory, request: LandingRequest, facts: LandedFacts, faultPoint: FaultPoint): Promise<LandedFacts> {
  faultPoint('landing.record.before');
  await writeRecord(depot, request.landing, { state: 'landed', facts: { ...facts, refs: [...facts.refs], paths: [...facts.paths] } });
  faultPoint('landing.record.after');
  return facts;
}

function moved(before: readonly string[] | null, plan: LandingPlan): Error {
  const known = new Set(before ?? []);
  const changed = before === null ? [] : plan.basis.filter((line) => !known.has(line)).map((line) => line.slice(0, line.lastIndexOf(' ')));
  const what = changed.length === 0 ? 'The repository' : someOf(changed);
  return failure('targetMoved', `${what} changed since the preview. Nothing was landed.`, 'Look at the new preview, then land again.', { changed });
}

function conflicting(plan: LandingPlan): Error {
  const { conflicts } = plan.preview;
  return failure('conflict', `These changes do not fit: ${someOf(conflicts)}.`, 'Exclude these files, or run the brief again on the new base.', { paths: [...conflicts] });
}
