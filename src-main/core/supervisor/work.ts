import { containerName, startLine, workSpec, type ContainerSpec, type Surroundings } from '../../domain/container-spec.ts';
import { currentTurn } from '../../domain/run-machine.ts';
import { doorOf, surroundingsOf } from '../../domain/warm.ts';
import { allOf } from '../collect/all-of.ts';
import { refuse } from '../refusal.ts';
import { recordRun } from '../runs/record-run.ts';
import { settleNetwork } from '../network/settle-network.ts';
import { openWorkNetwork, type WorkNetwork } from '../network/work-network.ts';
import { servicesLeft, withServices } from '../services/with-services.ts';
import { takeWarm } from '../warm/start-warm.ts';
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
  if (base === null || snapshot === null) return refuse('internal', 'The run reached its work without a base or an environment.', 'Run again.');
  return { base, snapshot };
};

const commandOf = ({ deps }: StepContext, run: Run): string => {
  const agent = deps.agents.get(run.order.text.runsWith.mode);
  return agent === undefined ? refuse('invalid', 'The agent of this run is not set up.', 'Choose another mode.') : agent.start(run.order).command;
};

/** The work container of a run, from an image; `command` may put something before the agent's own. */
export const workOf = (context: StepContext, run: Run, image: string, command = (own: string): string => own, surroundings?: Surroundings): ContainerSpec =>
  workSpec(specRequest(context, run, 'work', image), command(commandOf(context, run)), surroundings);

/** Puts the workspace into the container that was made while git took the base; null: none was. Its network need not be open for that. */
const fillAhead = async (context: StepContext, run: Run): Promise<string | null> => {
  const door = doorOf(run.order.network);
  if (run.state.name !== 'working' || run.state.container !== null || !context.ahead.hasContainer || door === null) return null;
  const { base, snapshot } = requireReady(run);
  const move = await planWorkspace(context, snapshot, base.tree);
  const made = context.ahead.take(workOf(context, run, snapshot.image, move.command, surroundingsOf(door, containerName(run.id, run.turns.length, 'relay'))));
  if (made !== null) await move.putInto(made);
  return made;
};

const makeContainer = async (context: StepContext, run: Run, network: WorkNetwork, filled: string | null): Promise<string> => {
  const { base, snapshot } = requireReady(run);
  const make = async (): Promise<string> => {
    const move = await planWorkspace(context, snapshot, base.tree);
    return createWithWorkspace(context, workOf(context, run, snapshot.image, move.command, network), snapshot, move);
  };
  const container = filled ?? (await make());
  await putAttachments(context, run, container);
  await network.prepare(container);
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

/** Work: the agent is the container's main process, in the network that the run's policy gives it; its output outlives Drydock. */
export const work: Step = async (context, run) => {
  const settled = run.state.name === 'working' && run.state.container === null ? await settle(context, run) : run;
  const warm = await takeWarm(context, settled);
  const [opened, filled] = await Promise.allSettled([warm?.network ?? openNetwork(context, settled), fillAhead(context, settled)]);
  if (opened.status === 'rejected') throw opened.reason;
  const network = opened.value;
  try {
    if (filled.status === 'rejected') throw filled.reason;
    await workIn(context, settled, network, { warm: warm?.container ?? null, filled: filled.value });
  } finally {
    // A service that ends, or an engine that is away, leaves the network as it is: the run goes on, and what it asks for waits.
    const isUnderWay = context.deps.store.run(run.id)?.state.name === 'working';
    await network.end(isUnderWay ? 'leave' : 'close').catch(() => {
      // What cannot be removed now is removed with the run's other objects.
    });
  }
};

const openNetwork = async (context: StepContext, run: Run): Promise<WorkNetwork> =>
  (await hasEndedByItself(context, run))
    ? servicesLeft(context, run, 'work')
    : withServices(context, run, 'work', await (context.ahead.takeNetwork() ?? openWorkNetwork(context, run)), run.state.name === 'working' && run.state.container !== null);

/** The presets of its network written out, before its container is made. */
const settle = (context: StepContext, run: Run): Promise<Run> => {
  const { base, snapshot } = requireReady(run);
  return settleNetwork(context, run, snapshot.image, base.tree);
};

/** Whether the command came to its end while no service was there: what is left to do needs no network. */
const hasEndedByItself = async ({ engine }: StepContext, { state }: Run): Promise<boolean> =>
  state.name === 'working' && state.container !== null && (await engine.inspect(state.container))?.state === 'ended';

const workIn = async (context: StepContext, run: Run, network: WorkNetwork, { warm, filled }: { readonly warm: string | null; readonly filled: string | null }): Promise<void> => {
  const { deps, progress } = context;
  const state = run.state.name === 'working' ? run.state : null;
  let container = state?.container ?? null;
  const fresh = container === null;
  let current = run;
  if (container === null) {
    container = warm ?? (await allOf<[string, void]>([makeContainer(context, run, network, filled), network.selfTest()]))[0];
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
    { fresh, secrets: network.secrets, lost: network.lost, input: () => startLine(commandOf(context, run)) },
  ).finally(stopLooking);
  if (observed.kind === 'gone') recordRun(deps, current, { kind: 'loseContainer' });
  else recordRun(deps, current, { kind: 'endWork', end: { ...observed.exit, timedOut: observed.timedOut } });
};
