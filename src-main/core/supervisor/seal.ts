import { LABEL, containerName } from '../../domain/container-spec.ts';
import { refuse } from '../refusal.ts';
import { recordRun } from '../runs/record-run.ts';
import { snapshotTarget } from './prepare.ts';
import { note, type Step } from './step.ts';

/** Name of a snapshot's image: from its key, so that sealing twice makes one. */
export const snapshotReference = (key: string): string => `drydock/snapshot:${key.slice(0, 24)}`;

/** Label of snapshot images, with the key as its value. */
export const SNAPSHOT_LABEL = 'drydock.snapshot';

/** Seal: the setup's container is stopped, measured, committed and removed. No process of setup survives it. */
export const seal: Step = async (context, run) => {
  const { deps, engine, project, builds } = context;
  const { key, base } = await snapshotTarget(context, run);
  const container = containerName(run.id, run.turns.length, 'setup');
  if ((await engine.inspect(container)) === null) {
    note(context, 'The setup container is gone before it was sealed; setup begins again.');
    recordRun(deps, run, { kind: 'setUp' });
    return;
  }
  await engine.stop(container, 2);
  const written = await engine.writtenBytes(container);
  const limit = run.order.environment.limits.writtenBytes;
  if (written > limit) {
    refuse(
      'tooLarge',
      `Setup wrote ${written} bytes, more than the environment's ${limit}.`,
      'Raise the limit of written bytes, or make setup write less.',
    );
  }
  const image = snapshotReference(key);
  await engine.commit(container, image, { [LABEL.owner]: deps.owner, [SNAPSHOT_LABEL]: key });
  // Recorded only now that it is whole: a half-made snapshot is never used.
  deps.store.saveSnapshot({ key, image, tree: base.tree, projectId: project.id, madeAt: deps.clock.now() });
  builds.end(run.id);
  recordRun(deps, run, { kind: 'useSnapshot', snapshot: { key, image, tree: base.tree, reused: false } });
  deps.store.countSnapshotUse(key, deps.clock.now());
  await engine.remove(container);
};
