import type { CommittedBase } from '../../contract/result.ts';
import type { Run } from '../../contract/run.ts';
import { isHeavy } from '../../domain/heavy-workspace.ts';
import { currentTurn } from '../../domain/run-machine.ts';
import { refuse } from '../refusal.ts';
import { recordRun } from '../runs/record-run.ts';
import { findSnapshot, hasSetup, requireImage, snapshotKey } from './environment-snapshot.ts';
import { until } from './until.ts';
import { workOf } from './work.ts';
import { note, type Step, type StepContext } from './step.ts';

/** Refuses what cannot be enforced or started, before anything is made. */
const requireStartable = ({ deps }: StepContext, run: Run): void => {
  const { internet, mode } = run.order.text.runsWith;
  if (internet !== 'off')
    refuse('invalid', `Internet "${internet}" cannot be enforced for the work phase yet, so the run does not start.`, 'Set internet to off.');
  const agent = deps.agents.get(mode);
  const problem = agent === undefined ? `No agent for mode "${mode}" is set up.` : agent.refuses(run.order);
  if (problem !== null) refuse('invalid', problem, 'Edit the brief, then launch it again.');
};

const takeBase = async (context: StepContext, run: Run): Promise<CommittedBase> => {
  const { deps, project } = context;
  const taken = currentTurn(run).base;
  if (taken !== null) return taken;
  const base = await deps.depot.commitBase(project, run.order.text.runsWith.base);
  await deps.depot.keep(project, `bases/${run.id}/${currentTurn(run).number}`, base.commit);
  recordRun(deps, run, { kind: 'takeBase', base });
  note(context, `Base: ${base.description}`);
  for (const line of base.notes) note(context, line);
  return base;
};

const keyFor = ({ deps, project }: StepContext, run: Run, base: CommittedBase, imageId: string): Promise<string> =>
  snapshotKey(deps, { project, environment: run.order.environment, tree: base.tree, imageId });

/** Waits for both even when one fails: a step that is taken up again must not meet what is left of itself. */
const both = async <A, B>(a: Promise<A>, b: Promise<B>): Promise<[A, B]> => {
  await Promise.allSettled([a, b]);
  return Promise.all([a, b]);
};

/** Prepare: takes the base into the depot, finds the image, and finds a snapshot or calls for setup. */
export const prepare: Step = async (context, run) => {
  const { deps, engine, builds } = context;
  requireStartable(context, run);
  const plain = !hasSetup(run.order.environment);
  const found = requireImage(deps, engine, run.order.environment);
  // Without setup the work container depends on the image alone: it is made while git takes the base.
  const made: Promise<unknown> = plain ? found.then(({ reference }) => context.ahead.make(engine, workOf(context, run, reference))) : found;
  const [, base] = await both(made, takeBase(context, run));
  const image = await found;
  if (plain && !isHeavy(await deps.depot.weigh(context.project, base.tree))) {
    recordRun(deps, run, { kind: 'useSnapshot', snapshot: { key: image.id, image: image.reference, tree: null, reused: true } });
    return;
  }
  const key = await keyFor(context, run, base, image.id);
  const other = builds.underWay(key, run.id);
  if (other !== null) {
    note(context, 'Waits for the same environment, which another run is setting up.');
    await until(other, context.signal);
    recordRun(deps, run, { kind: 'setBack', reason: 'the same environment was being set up by another run' });
    return;
  }
  const known = await findSnapshot(deps, engine, key);
  if (known !== null) {
    note(context, 'Environment: from its snapshot.');
    recordRun(deps, run, { kind: 'useSnapshot', snapshot: { key, image: known.image, tree: known.tree, reused: true } });
    deps.store.countSnapshotUse(key, deps.clock.now());
    return;
  }
  builds.begin(key, run.id);
  recordRun(deps, run, { kind: 'setUp' });
};

/** The key and image of the environment a run is setting up. */
export const snapshotTarget = async (context: StepContext, run: Run): Promise<{ key: string; image: string; base: CommittedBase }> => {
  const image = await requireImage(context.deps, context.engine, run.order.environment);
  const base = await takeBase(context, run);
  return { key: await keyFor(context, run, base, image.id), image: image.reference, base };
};
