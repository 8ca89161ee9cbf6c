import type { CommandId, RunId } from '../../contract/ids.ts';
import type { NetworkRule } from '../../contract/network.ts';
import type { Run } from '../../contract/run.ts';
import { hasEnded } from '../../domain/columns.ts';
import { queueRun } from '../briefs/launch-brief.ts';
import type { Deps } from '../deps.ts';
import type { Once } from '../once.ts';
import { refuse } from '../refusal.ts';
import { requireBrief, requireProject, requireRun } from '../require.ts';

interface Input {
  readonly commandId: CommandId;
  readonly runId: RunId;
  readonly rules: readonly NetworkRule[];
  /** Keep the rules in the project's environment, for later briefs as well. */
  readonly remember: boolean;
}

const same = (one: NetworkRule, other: NetworkRule): boolean => JSON.stringify(one) === JSON.stringify(other);

/** A new run of the same brief that may also reach what these rules allow. Never changes a run under way: what it was launched with is fixed. */
export const allowAndRetry = (deps: Deps, once: Once, { commandId, runId, rules, remember }: Input): Promise<Run> =>
  once(commandId, () => {
    const run = requireRun(deps.store, runId);
    if (!hasEnded(run.state)) refuse('refusedByState', 'This run is still under way, and its network is fixed.', 'Wait for its end, or cancel it; then allow and run again.');
    const brief = requireBrief(deps.store, run.briefId);
    if (brief.text.runsWith.internet !== 'allowlist') refuse('refusedByState', 'This brief has no allow-list that could be wider.', 'Choose the allow-list in the brief, then launch it.');
    const project = requireProject(deps.store, run.projectId);
    const { network } = project.environment;
    const added = rules.filter((rule) => !network.rules.some((known) => same(known, rule)));
    const wider = { ...project, environment: { ...project.environment, network: { ...network, rules: [...network.rules, ...added] } } };
    const queued = queueRun(deps, brief, null, { environment: wider.environment });
    if (!remember || added.length === 0) return queued;
    const set = { subject: project.id, type: 'environmentSet', data: wider.environment };
    return { ...queued, change: { ...queued.change, events: [...queued.change.events, set], projects: [wider] } };
  });
