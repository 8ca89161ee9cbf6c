import type { CommandId, LandingId, RunId, TreeId } from '../../contract/ids.ts';
import type { Landing, LandingPreview, LandingReceipt, LandingTarget } from '../../contract/landing.ts';
import type { LandedFacts, LandingRequest } from '../../ports/landing-site.ts';
import type { Deps } from '../deps.ts';
import { faultOf } from '../fault-of.ts';
import type { Once, Outcome } from '../once.ts';
import { requireBrief, requireResult, requireRun } from '../require.ts';
import { selectedTree } from '../runs/changes.ts';
import { landingMessage } from './landing-message.ts';

const requestFor = async (deps: Deps, runId: RunId, target: LandingTarget, landing: string): Promise<LandingRequest> => {
  const { tree } = await selectedTree(deps, { runId });
  return requestForTree(deps, runId, target, tree, landing);
};

const requestForTree = (deps: Deps, runId: RunId, target: LandingTarget, tree: TreeId, landing: string): LandingRequest => {
  const { run, project, base } = requireResult(deps.store, runId);
  const own = target.kind === 'branch' ? target.message.trim() : '';
  return { project, base, tree, target, message: own === '' ? landingMessage(run, requireBrief(deps.store, run.briefId)) : own, landing };
};

/** Says exactly what a landing would change. Writes nothing. */
export const previewLanding = async (deps: Deps, input: { runId: RunId; target: LandingTarget }): Promise<LandingPreview> =>
  deps.landingSite.preview(await requestFor(deps, input.runId, input.target, 'preview'));

const describe = (target: LandingTarget): string => {
  if (target.kind === 'branch') return `branch ${target.name}`;
  return target.kind === 'workingTree' ? 'working tree' : (target.file ?? 'patch');
};

/** What a landing that was done changes in the record: the run remembers it, and the brief is Done. */
const outcome = (deps: Deps, landing: Landing, facts: LandedFacts): Outcome<LandingReceipt> => {
  const run = requireRun(deps.store, landing.runId);
  const brief = requireBrief(deps.store, run.briefId);
  const at = deps.clock.now();
  // A patch that is only read out delivers nothing by itself: the card stays in Review.
  const isDelivered = landing.target.kind !== 'patch' || landing.target.file !== null;
  const landed = { landing: landing.id, how: describe(landing.target), commit: facts.refs[0]?.to ?? null, at };
  return {
    answer: { landing: landing.id, refs: [...facts.refs], paths: [...facts.paths], patch: facts.patch, file: facts.file },
    change: {
      events: [{ subject: run.id, type: 'landed', data: { landing: landing.id, how: landed.how, refs: facts.refs, paths: facts.paths.length } }],
      landings: [{ ...landing, state: 'landed' }],
      ...(isDelivered
        ? { runs: [{ ...run, landed: [...run.landed, landed], seen: true }], briefs: [{ ...brief, decision: 'landed' as const, changedAt: at }] }
        : {}),
    },
  };
};

/** A landing's name follows from its command, so that a repeat after a crash completes the same one. */
const landingName = (command: CommandId): LandingId => command.replace('cmd_', 'lnd_') as LandingId;

const commandOf = (landing: LandingId): CommandId => landing.replace('lnd_', 'cmd_') as CommandId;

/**
 * Lands what was previewed, at most once and all or nothing. The intent is durable before the user's repository is touched; a
 * service that dies in between completes or refuses it when it comes back.
 */
export const landResult = (
  deps: Deps,
  once: Once,
  input: { commandId: CommandId; runId: RunId; target: LandingTarget; token: string },
): Promise<LandingReceipt> =>
  once(input.commandId, async () => {
    const id = landingName(input.commandId);
    const request = await requestFor(deps, input.runId, input.target, id);
    const at = deps.clock.now();
    const landing: Landing = { id, runId: input.runId, target: input.target, tree: request.tree, token: input.token, state: 'intended', at };
    deps.store.commit({ at, events: [{ subject: input.runId, type: 'landingIntended', data: { landing: id } }], landings: [landing] });
    try {
      const facts = await deps.landingSite.land(request, input.token);
      return () => outcome(deps, landing, facts);
    } catch (error) {
      refuseLanding(deps, landing, error);
      throw error;
    }
  });

const refuseLanding = (deps: Deps, landing: Landing, error: unknown): void => {
  deps.store.commit({
    at: deps.clock.now(),
    events: [{ subject: landing.runId, type: 'landingRefused', data: { landing: landing.id, reason: faultOf(error) } }],
    landings: [{ ...landing, state: 'refused' }],
  });
};

/** Takes up landings that were intended when a service died: each is completed, or refused with the reason on record. */
export const completeLandings = async (deps: Deps): Promise<void> => {
  for (const landing of deps.store.intendedLandings()) {
    try {
      const request = requestForTree(deps, landing.runId, landing.target, landing.tree, landing.id);
      const facts = await deps.landingSite.land(request, landing.token);
      const { answer, change } = outcome(deps, landing, facts);
      // The client that asked may ask again: it gets this answer, and the landing is not recorded twice.
      deps.store.commit({ at: deps.clock.now(), ...change, receipt: { command: commandOf(landing.id), answer } });
    } catch (error) {
      refuseLanding(deps, landing, error);
    }
  }
};
