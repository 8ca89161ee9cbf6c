import { containerName, startLine, workSpec, type ContainerSpec, type Surroundings } from '../../domain/container-spec.ts';
import { currentTurn } from '../../domain/run-machine.ts';
import { doorOf, surroundingsOf } from '../../domain/warm.ts';
import { allOf } from '../collect/all-of.ts';
import { refuse } from '../refusal.ts';
import { recordRun } from '../runs/record-run.ts';
import { settleNetwork } from '../network/settle-network.ts';
import { openWorkNetwork, testedAtOnce, type WorkNetwork } from '../network/work-network.ts';
import { servicesLeft, withServices } from '../services/with-services.ts';
import { takeWarm } from '../warm/start-warm.ts';
import type { WarmStart } from '../warm/warm-pool.ts';
import { holdOutput } from './held-output.ts';
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

/** Makes the container with the workspace in it, or takes the one that was made while git took the base. */
const makeFilled = async (context: StepContext, run: Run, surroundings: Surroundings): Promise<string> => {
  const { base, snapshot } = requireReady(run);
  const move = await planWorkspace(context, snapshot, base.tree);
  return createWithWorkspace(context, workOf(context, run, snapshot.image, move.command, surroundings), snapshot, move);
};

/** Does so while the network is being opened, where its name is all that is needed of it; null: that is not so, or the engine wants to see it first. */
const makeEarly = async (context: StepContext, run: Run): Promise<string | null> => {
  const door = doorOf(run.order.network);
  if (containerOf(run) !== null || run.order.environment.services.length > 0 || door === null) return null;
  return makeFilled(context, run, surroundingsOf(door, containerName(run.id, run.turns.length, 'relay'))).catch(() => null);
};

/** The work container, not started or, made ahead, waiting for its command; and its output. */
type Made = Pick<WarmStart, 'container' | 'output'>;

/** Makes the container ready to be started, where that is not done yet, and attaches to it. */
const makeContainer = async (context: StepContext, run: Run, network: WorkNetwork, early: string | null): Promise<Made> => {
  const container = early ?? (await makeFilled(context, run, network));
  await putAttachments(context, run, container);
  await network.prepare(container);
  return { container, output: await holdOutput(context.engine, container) };
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

/** The one that is recorded. */
const containerOf = ({ state }: Run): string | null => (state.name === 'working' ? state.container : null);

/** Work: the agent is the container's main process, in the network that the run's policy gives it; its output outlives Drydock. */
export const work: Step = async (context, run) => {
  const found = containerOf(run);
  const settled = found === null ? await settle(context, run) : run;
  const warm = await takeWarm(context, settled);
  const early = warm === null ? makeEarly(context, settled) : Promise.resolve(null);
  const [network, made] = await allOf<[WorkNetwork, string | null]>([warm === null ? openNetwork(context, settled) : Promise.resolve(warm.network), early]);
  try {
    if (found !== null) await workIn(context, settled, network, { container: found, output: null });
    else await workIn(context, settled, network, warm ?? (await makeTested(context, settled, network, made)));
  } finally {
    // A service that ends, or an engine that is away, leaves the network as it is: the run goes on, and what it asks for waits.
    const isUnderWay = context.deps.store.run(run.id)?.state.name === 'working';
    await network.end(isUnderWay ? 'leave' : 'close').catch(() => {
      // What cannot be removed now is removed with the run's other objects.
    });
  }
};

const openNetwork = async (context: StepContext, run: Run): Promise<WorkNetwork> => {
  if (await hasEndedByItself(context, run)) return servicesLeft(context, run, 'work');
  const isUnderWay = containerOf(run) !== null;
  const network = await (context.ahead.takeNetwork() ?? openWorkNetwork(context, run));
  return withServices(context, run, 'work', isUnderWay ? network : testedAtOnce(network), isUnderWay);
};

/** The presets of its network written out, before its container is made. */
const settle = (context: StepContext, run: Run): Promise<Run> => {
  const { base, snapshot } = requireReady(run);
  return settleNetwork(context, run, snapshot.image, base.tree);
};

/** Whether the command came to its end while no service was there: what is left to do needs no network. */
const hasEndedByItself = async ({ engine }: StepContext, run: Run): Promise<boolean> => {
  const container = containerOf(run);
  return container !== null && (await engine.inspect(container))?.state === 'ended';
};

/** The same, in a network that was found sealed. */
const makeTested = async (context: StepContext, run: Run, network: WorkNetwork, early: string | null): Promise<Made> => {
  const made = makeContainer(context, run, network, early);
  try {
    return (await allOf<[Made, void]>([made, network.selfTest()]))[0];
  } catch (error) {
    await made.then(({ output }) => output.letGo(), () => {});
    throw error;
  }
};

/** `output`: of a container that this service made; null: it was found recorded. */
const workIn = async (context: StepContext, run: Run, network: WorkNetwork, { container, output }: Pick<Made, 'container'> & { readonly output: Made['output'] | null }): Promise<void> => {
  const { deps, progress } = context;
  const fresh = output !== null;
  try {
    // From here on there is one work container for ever: it is recorded before it is started, or, where it waits for its command, given that.
    const current = fresh ? recordRun(deps, run, { kind: 'makeContainer', container }) : run;
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
      { fresh, secrets: network.secrets, lost: network.lost, held: output, input: () => startLine(commandOf(context, run)) },
    ).finally(stopLooking);
    if (observed.kind === 'gone') recordRun(deps, current, { kind: 'loseContainer' });
    else recordRun(deps, current, { kind: 'endWork', end: { ...observed.exit, timedOut: observed.timedOut } });
  } finally {
    await output?.letGo();
  }
};
