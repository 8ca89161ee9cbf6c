import { workSpec } from '../../domain/container-spec.ts';
import { currentTurn } from '../../domain/run-machine.ts';
import { refuse } from '../refusal.ts';
import { recordRun } from '../runs/record-run.ts';
import { observe } from './observe.ts';
import { specRequest, type Step, type StepContext } from './step.ts';
import { createWithWorkspace, planWorkspace } from './workspace.ts';
import type { Run } from '../../contract/run.ts';

const MINUTE_MS = 60_000;

/** Facts that the phases before must have made. */
export const requireReady = (run: Run) => {
  const { base, snapshot } = currentTurn(run);
  if (base === null || snapshot === null) return refuse('internal', 'The run reached its work without a base or an environment.', 'Retry the run.');
  return { base, snapshot };
};

const makeContainer = async (context: StepContext, run: Run): Promise<string> => {
  const { base, snapshot } = requireReady(run);
  const agent = context.deps.agents.get(run.order.text.runsWith.mode);
  if (agent === undefined) return refuse('invalid', 'The agent of this run is not set up.', 'Choose another mode.');
  const move = await planWorkspace(context, snapshot, base.tree);
  const spec = workSpec(specRequest(context, run, 'work', snapshot.image), move.command(agent.start(run.order).command));
  return createWithWorkspace(context, spec, move);
};

/** Work: the agent is the container's main process, with loopback only; its output outlives Drydock. */
export const work: Step = async (context, run) => {
  const { deps, progress } = context;
  const state = run.state.name === 'working' ? run.state : null;
  let container = state?.container ?? null;
  const fresh = container === null;
  let current = run;
  if (container === null) {
    container = await makeContainer(context, run);
    // From here on there is one work container for ever: it is recorded before it is started.
    current = recordRun(deps, run, { kind: 'makeContainer', container });
  }
  const observed = await observe(
    context,
    run,
    container,
    'work',
    {
      usedMs: progress.get(run.id).workedMs,
      totalMs: run.order.text.timeBudgetMinutes * MINUTE_MS,
      onTick: (workedMs) => progress.update(run.id, { workedMs }),
    },
    fresh,
  );
  if (observed.kind === 'gone') recordRun(deps, current, { kind: 'loseContainer' });
  else recordRun(deps, current, { kind: 'endWork', end: { ...observed.exit, timedOut: observed.timedOut } });
};
