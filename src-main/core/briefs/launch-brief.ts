import type { Brief } from '../../contract/brief.ts';
import type { BriefId, CommandId, RunId } from '../../contract/ids.ts';
import type { Run } from '../../contract/run.ts';
import { obstacleToLaunch } from '../../domain/readiness.ts';
import type { Deps } from '../deps.ts';
import type { Once, Outcome } from '../once.ts';
import { refuse } from '../refusal.ts';
import { requireBrief, requireProject } from '../require.ts';
import { columnNow, placeCard } from './card-order.ts';

const requireLaunchable = (brief: Brief): void => {
  const obstacle = obstacleToLaunch(brief.text);
  if (obstacle !== null) refuse('invalid', obstacle, 'Complete the brief, then launch it.');
};

/** A new attempt at a brief, in the queue before the card named (null: at its end). */
export const queueRun = (deps: Deps, brief: Brief, before: BriefId | null): Outcome<Run> & { brief: Brief } => {
  const column = columnNow(deps, brief);
  if (column === 'queued' || column === 'running') refuse('refusedByState', 'This brief has a run under way already.', 'Cancel it first, or wait for it.');
  requireLaunchable(brief);
  const project = requireProject(deps.store, brief.projectId);
  const at = deps.clock.now();
  const id = `run_${deps.ids.random()}` as RunId;
  const run: Run = {
    id,
    briefId: brief.id,
    projectId: brief.projectId,
    attempt: deps.store.runsOfBrief(brief.id).length + 1,
    order: { text: brief.text, environment: project.environment },
    state: { name: 'queued' },
    turns: [{ number: 1, base: null, snapshot: null, work: null, result: null, checks: [] }],
    times: { queued: at },
    queuedAt: at,
    endedAt: null,
    excluded: [],
    excludedHunks: {},
    comments: [],
    viewed: {},
    criteriaMet: [],
    landed: [],
    seen: false,
  };
  const { rank, moved } = placeCard(deps, brief, 'queued', before);
  const queued: Brief = { ...brief, currentRun: id, decision: null, rank, changedAt: at };
  return {
    answer: run,
    brief: queued,
    change: { events: [{ subject: id, type: 'runQueued', data: { brief: brief.id } }], briefs: [queued, ...moved], runs: [run] },
  };
};

/** Launches a brief: a new run at the end of the queue. */
export const launchBrief = (deps: Deps, once: Once, input: { commandId: CommandId; briefId: BriefId }): Promise<Run> =>
  once(input.commandId, () => queueRun(deps, requireBrief(deps.store, input.briefId), null));
