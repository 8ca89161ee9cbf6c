import { createHash } from 'node:crypto';
import type { CommittedBase } from '../../contract/result.ts';
import type { Run } from '../../contract/run.ts';
import { isHeavy } from '../../domain/heavy-workspace.ts';
import { snapshotIdentity } from '../../domain/snapshot-key.ts';
import { currentTurn } from '../../domain/run-machine.ts';
import { refuse } from '../refusal.ts';
import { recordRun } from '../runs/record-run.ts';
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

const requireImage = async ({ deps, engine }: StepContext, run: Run): Promise<{ reference: string; id: string }> => {
  const chosen = run.order.environment.image;
  const reference = chosen ?? deps.baseImage;
  const image = await engine.image(reference);
  if (image !== null) return { reference, id: image.id };
  return refuse(
    'imageMissing',
    `The image ${reference} is not on this machine.`,
    chosen === null ? 'Run `npm start` once: it builds the base image.' : `Pull or build ${reference}, then retry.`,
  );
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

const snapshotKey = async (context: StepContext, run: Run, base: CommittedBase, imageId: string): Promise<string> => {
  const { environment } = run.order;
  const lockFiles = await context.deps.depot.texts(context.project, base.tree, environment.lockFiles);
  return createHash('sha256').update(snapshotIdentity({ project: context.project.id, imageId, environment, lockFiles })).digest('hex');
};

/** Waits for both even when one fails: a step that is taken up again must not meet what is left of itself. */
const both = async <A, B>(a: Promise<A>, b: Promise<B>): Promise<[A, B]> => {
  await Promise.allSettled([a, b]);
  return Promise.all([a, b]);
};

/** Whether there is anything to set up. Without, a snapshot holds the workspace alone, and only a heavy one has a snapshot. */
export const hasSetup = (run: Run): boolean => run.order.environment.setup.trim() !== '';

/** Prepare: takes the base into the depot, finds the image, and finds a snapshot or calls for setup. */
export const prepare: Step = async (context, run) => {
  const { deps, engine, builds } = context;
  requireStartable(context, run);
  const plain = !hasSetup(run);
  const found = requireImage(context, run);
  // Without setup the work container depends on the image alone: it is made while git takes the base.
  const made: Promise<unknown> = plain ? found.then(({ reference }) => context.ahead.make(engine, workOf(context, run, reference))) : found;
  const [, base] = await both(made, takeBase(context, run));
  const image = await found;
  if (plain && !isHeavy(await deps.depot.weigh(context.project, base.tree))) {
    recordRun(deps, run, { kind: 'useSnapshot', snapshot: { key: image.id, image: image.reference, tree: null, reused: true } });
    return;
  }
  const key = await snapshotKey(context, run, base, image.id);
  const other = builds.underWay(key, run.id);
  if (other !== null) {
    note(context, 'Waits for the same environment, which another run is setting up.');
    await until(other, context.signal);
    recordRun(deps, run, { kind: 'setBack', reason: 'the same environment was being set up by another run' });
    return;
  }
  const known = deps.store.snapshot(key);
  if (known !== null && (await engine.image(known.image)) !== null) {
    note(context, 'Environment: from its snapshot.');
    recordRun(deps, run, { kind: 'useSnapshot', snapshot: { key, image: known.image, tree: known.tree, reused: true } });
    return;
  }
  if (known !== null) deps.store.removeSnapshot(key);
  builds.begin(key, run.id);
  recordRun(deps, run, { kind: 'setUp' });
};

/** The key and image of the environment a run is setting up. */
export const snapshotTarget = async (context: StepContext, run: Run): Promise<{ key: string; image: string; base: CommittedBase }> => {
  const image = await requireImage(context, run);
  const base = await takeBase(context, run);
  return { key: await snapshotKey(context, run, base, image.id), image: image.reference, base };
};
