import type { TreeId } from '../../contract/ids.ts';
import type { CommittedBase } from '../../contract/result.ts';
import type { Run } from '../../contract/run.ts';
import { containerName } from '../../domain/container-spec.ts';
import { isHeavy } from '../../domain/heavy-workspace.ts';
import { currentTurn } from '../../domain/run-machine.ts';
import { doorOf, surroundingsOf } from '../../domain/warm.ts';
import { allOf } from '../collect/all-of.ts';
import { openWorkNetwork, testedAtOnce } from '../network/work-network.ts';
import { refuse } from '../refusal.ts';
import { recordRun } from '../runs/record-run.ts';
import { requireServiceImages } from '../services/services.ts';
import { buildImage } from './build-image.ts';
import { describeImage, namedImage, requireImage, requireNamedImage } from './environment-image.ts';
import { findSnapshot, hasSetup, snapshotBefore, snapshotKey } from './environment-snapshot.ts';
import { startWarm } from '../warm/start-warm.ts';
import { knownEarly } from '../warm/wanted.ts';
import { until } from './until.ts';
import { workOf } from './work.ts';
import { planWorkspace } from './workspace.ts';
import { note, type Step, type StepContext } from './step.ts';

/** Refuses what cannot be enforced or started, before anything is made. */
const requireStartable = ({ deps }: StepContext, run: Run): void => {
  const { mode } = run.order.text.runsWith;
  const agent = deps.agents.get(mode);
  const problem = agent === undefined ? `No agent for mode "${mode}" is set up.` : agent.refuses(run.order);
  if (problem !== null) refuse('invalid', problem, 'Edit the brief, then launch it again.');
};

/** `onTree`: what needs no more than the base's tree, and is done while git keeps the base. */
const takeBase = async (context: StepContext, run: Run, onTree = async (_tree: TreeId): Promise<void> => {}): Promise<CommittedBase> => {
  const { deps, project } = context;
  const taken = currentTurn(run).base;
  if (taken !== null) {
    await onTree(taken.tree);
    return taken;
  }
  const base = await deps.depot.commitBase(project, run.order.text.runsWith.base);
  await allOf<[void, void]>([deps.depot.keep(project, `bases/${run.id}/${currentTurn(run).number}`, base.commit), onTree(base.tree)]);
  recordRun(deps, run, { kind: 'takeBase', base });
  note(context, `Base: ${base.description}`);
  for (const line of base.notes) note(context, line);
  return base;
};

const keyFor = ({ deps, project }: StepContext, run: Run, base: CommittedBase, imageId: string): Promise<string> =>
  snapshotKey(deps, { project, environment: run.order.environment, tree: base.tree, imageId });

/** Waits for another run of this service that makes what this one needs, then has this one look again. */
const waitFor = async (context: StepContext, run: Run, other: Promise<void>, what: string): Promise<void> => {
  note(context, `Waits for ${what}.`);
  await until(other, context.signal);
  recordRun(context.deps, run, { kind: 'setBack', reason: `waited for ${what}` });
};

interface Found {
  readonly base: CommittedBase;
  readonly image: { readonly reference: string; readonly id: string };
}

/** Makes the image of the environment's Dockerfile, which is the base's own, where it is not there yet; null: another run does, and this one was set back. */
const makeImage = async (context: StepContext, run: Run, dockerfile: string): Promise<Found | null> => {
  const { deps, engine, project, builds } = context;
  const base = await takeBase(context, run);
  const described = await describeImage(deps, engine, { project, tree: base.tree }, dockerfile);
  if ((await engine.image(described.reference)) === null) {
    const other = builds.underWay(described.reference, run.id);
    if (other !== null) {
      await waitFor(context, run, other, 'the image, which another run is making');
      return null;
    }
    builds.begin(described.reference, run.id);
    await buildImage(context, run, base, described);
    builds.end(run.id);
  }
  return { base, image: await requireImage(deps, engine, { project, environment: run.order.environment, tree: base.tree }) };
};

/** A container of the pool's is made the run's at once: whether it holds the right base is known later, and it nearly always does. */
const beginWarm = (context: StepContext, run: Run): void => {
  const known = knownEarly(run);
  const warm = known === null || context.ahead.hasWarm ? null : context.warm.take(run.projectId, known);
  if (warm !== null) context.ahead.begin(startWarm(context, run, warm));
};

/** Without setup and services the work container depends on the image alone, and its network on nothing: both are made while git takes the base. */
const makeAhead = (context: StepContext, run: Run): void => {
  const { environment, network } = run.order;
  const door = doorOf(network);
  if (context.ahead.hasWarm || hasSetup(environment) || environment.services.length > 0) return;
  // Presets are written out first, and may need more of the network.
  if (door === null || (network.mode === 'allowlist' && network.presets.length > 0)) return;
  if (door !== 'none') context.ahead.open(async () => testedAtOnce(await openWorkNetwork(context, run)));
  context.ahead.make(context.engine, workOf(context, run, namedImage(context.deps, environment), undefined, surroundingsOf(door, containerName(run.id, run.turns.length, 'relay'))));
};

const isHeavyTree = async ({ deps, project }: StepContext, tree: TreeId): Promise<boolean> => isHeavy(await deps.depot.weigh(project, tree));

/** What was made ahead of the base is to hold it. */
const fillAhead = async (context: StepContext, tree: TreeId): Promise<void> => {
  if (await isHeavyTree(context, tree)) return;
  context.ahead.fill((await planWorkspace(context, { tree: null }, tree)).putInto);
};

const findImage = async (context: StepContext, run: Run): Promise<Found> => {
  const { environment } = run.order;
  makeAhead(context, run);
  const onTree = hasSetup(environment) ? undefined : (tree: TreeId): Promise<void> => fillAhead(context, tree);
  const [image, base] = await allOf<[Found['image'], CommittedBase]>([requireNamedImage(context.deps, context.engine, environment), takeBase(context, run, onTree)]);
  return { base, image };
};

/** Prepare: takes the base into the depot, finds or makes the image, and finds a snapshot or calls for setup. */
export const prepare: Step = async (context, run) => {
  const { deps, engine, builds } = context;
  requireStartable(context, run);
  const { environment } = run.order;
  await requireServiceImages(engine, environment.services);
  beginWarm(context, run);
  const ground = await (environment.dockerfile === null ? findImage(context, run) : makeImage(context, run, environment.dockerfile));
  if (ground === null) return;
  const { base, image } = ground;
  const plain = !hasSetup(environment);
  if (plain && !(await isHeavyTree(context, base.tree))) {
    recordRun(deps, run, { kind: 'useSnapshot', snapshot: { key: image.id, image: image.reference, tree: null, reused: true, receipt: null } });
    return;
  }
  const key = await keyFor(context, run, base, image.id);
  const other = builds.underWay(key, run.id);
  if (other !== null) return waitFor(context, run, other, 'the same environment, which another run is setting up');
  await findSnapshot(deps, engine, key);
  // Read where it is recorded as used: in between it may have been evicted.
  const known = deps.store.snapshot(key);
  if (known !== null) {
    note(context, 'Environment: from its snapshot.');
    recordRun(deps, run, { kind: 'useSnapshot', snapshot: { key, image: known.image, tree: known.tree, reused: true, receipt: known.receipt } });
    deps.store.countSnapshotUse(key, deps.clock.now());
    return;
  }
  await context.ahead.leaveNetwork();
  builds.begin(key, run.id);
  const upon = plain || environment.maintenance.trim() === '' ? null : await snapshotBefore(deps, engine, { project: context.project, environment, tree: base.tree, imageId: image.id });
  if (upon === null) {
    recordRun(deps, run, { kind: 'setUp' });
    return;
  }
  note(context, `Environment: ${upon.changed.join(', ')} changed; maintenance runs on the newest snapshot before that.`);
  recordRun(deps, run, { kind: 'setUp', upon: { key: upon.record.key, image: upon.record.image, tree: upon.record.tree } });
};

/** The key and image of the environment a run is setting up. */
export const snapshotTarget = async (context: StepContext, run: Run): Promise<{ key: string; image: string; imageId: string; base: CommittedBase }> => {
  const { deps, engine, project } = context;
  const base = await takeBase(context, run);
  const image = await requireImage(deps, engine, { project, environment: run.order.environment, tree: base.tree });
  return { key: await keyFor(context, run, base, image.id), image: image.reference, imageId: image.id, base };
};
