import type { BaseChoice, Brief, BriefText } from '../../contract/brief.ts';
import type { BriefId, CommandId, RunId } from '../../contract/ids.ts';
import type { Environment } from '../../contract/project.ts';
import type { Run } from '../../contract/run.ts';
import { freshRun } from '../../domain/fresh-run.ts';
import { freezeNetwork } from '../../domain/network/freeze-network.ts';
import { obstacleToLaunch } from '../../domain/readiness.ts';
import type { Deps } from '../deps.ts';
import type { Once, Outcome } from '../once.ts';
import { refuse } from '../refusal.ts';
import { requireBrief, requireProject } from '../require.ts';
import { columnNow, placeCard } from './card-order.ts';
import { withKeptComments } from './kept-comments.ts';
import { stopRecheck } from './stop-recheck.ts';

const requireLaunchable = (brief: Brief): void => {
  const obstacle = obstacleToLaunch(brief.text);
  if (obstacle !== null) refuse('invalid', obstacle, 'Complete the brief, then launch it.');
};

interface Instead {
  readonly environment?: Environment;
  readonly base?: BaseChoice | undefined;
}

/** A new attempt at a brief, in the queue before the card named (null: at its end), in the project's environment and from the brief's base, unless others are given instead. */
export const queueRun = (deps: Deps, brief: Brief, before: BriefId | null, instead: Instead = {}): Outcome<Run> & { brief: Brief } => {
  const { environment = requireProject(deps.store, brief.projectId).environment, base = brief.text.runsWith.base } = instead;
  const column = columnNow(deps, brief);
  if (column === 'queued' || column === 'running') refuse('refusedByState', 'This brief has a run under way already.', 'Cancel it first, or wait for it.');
  requireLaunchable(brief);
  const at = deps.clock.now();
  const text: BriefText = { ...brief.text, runsWith: { ...brief.text.runsWith, base } };
  const id = `run_${deps.ids.random()}` as RunId;
  const made = { id, briefId: brief.id, projectId: brief.projectId, attempt: deps.store.runsOfBrief(brief.id).length + 1, order: { text, environment, network: freezeNetwork(environment, text) } };
  const run = freshRun(made, 'queued', at);
  const { rank, moved } = placeCard(deps, brief, 'queued', before);
  const stopped = stopRecheck(deps, brief);
  const queued = withKeptComments(deps.store, { ...brief, currentRun: id, decision: null, rank, changedAt: at });
  return {
    answer: run,
    brief: queued,
    change: { events: [...stopped.events, { subject: id, type: 'runQueued', data: { brief: brief.id } }], briefs: [queued, ...moved], runs: [...stopped.runs, run] },
  };
};

/** Launches a brief: a new run at the end of the queue. */
export const launchBrief = (deps: Deps, once: Once, input: { commandId: CommandId; briefId: BriefId }): Promise<Run> =>
  once(input.commandId, () => queueRun(deps, requireBrief(deps.store, input.briefId), null));
