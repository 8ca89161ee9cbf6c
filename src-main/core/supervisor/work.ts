import { workSpec, type ContainerSpec } from '../../domain/container-spec.ts';
import { currentTurn } from '../../domain/run-machine.ts';
import { refuse } from '../refusal.ts';
import { recordRun } from '../runs/record-run.ts';
import { observe, type Budget } from './observe.ts';
import { putAttachments } from './attachments.ts';
import { watchTouched } from './touched-watch.ts';
import { momentOf, wakingTimeSince } from './waking-budget.ts';
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

/** The work container of a run, from an image; `command` may put something before the agent's own. */
export const workOf = (context: StepContext, run: Run, image: string, command = (own: string): string => own): ContainerSpec => {
  const agent = context.deps.agents.get(run.order.text.runsWith.mode);
  if (agent === undefined) return refuse('invalid', 'The agent of this run is not set up.', 'Choose another mode.');
  return workSpec(specRequest(context, run, 'work', image), command(agent.start(run.order).command));
};

const makeContainer = async (context: StepContext, run: Run): Promise<string> => {
  const { base, snapshot } = requireReady(run);
  const move = await planWorkspace(context, snapshot, base.tree);
  const container = await createWithWorkspace(context, workOf(context, run, snapshot.image, move.command), snapshot, move);
  await putAttachments(context, run, container);
  return container;
};

/**
 * Time used so far. A command that is found running worked on while no service was there, so that time counts, as far as the machine
 * was awake. Without a count (the service died within the first moments) all of it since the phase began does. One that is found
 * ended ended by itself: however long that took, its work is whole.
 */
const usedSoFar = ({ deps, progress }: StepContext, run: Run): Budget['used'] => (found) => {
  const { workedMs, countedAt } = progress.get(run.id);
  if (found !== 'running') return workedMs;
  const began = run.times['working'] ?? deps.clock.now();
  return workedMs + wakingTimeSince(countedAt ?? { now: began, awake: 0 }, deps.clock);
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
  const stopLooking = watchTouched({ engine: context.engine, clock: deps.clock, container, onLook: (touched) => progress.update(run.id, { touched }) });
  const observed = await observe(
    context,
    run,
    container,
    'work',
    {
      used: usedSoFar(context, run),
      totalMs: run.order.text.timeBudgetMinutes * MINUTE_MS,
      onTick: (workedMs) => progress.update(run.id, { workedMs, countedAt: momentOf(deps.clock) }),
    },
    fresh,
  ).finally(stopLooking);
  if (observed.kind === 'gone') recordRun(deps, current, { kind: 'loseContainer' });
  else recordRun(deps, current, { kind: 'endWork', end: { ...observed.exit, timedOut: observed.timedOut } });
};
