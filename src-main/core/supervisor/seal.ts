import type { SealReceipt } from '../../contract/secret.ts';
import type { Run } from '../../contract/run.ts';
import { LABEL, containerName, networkName } from '../../domain/container-spec.ts';
import { refuse } from '../refusal.ts';
import { recordRun } from '../runs/record-run.ts';
import { revealFor } from '../seal/reveal-for.ts';
import { scanImage } from '../seal/scan-image.ts';
import { searchFor } from '../seal/search.ts';
import { servicesLeft } from '../services/with-services.ts';
import { BUILT_ON_LABEL, MAINTAINED_LABEL, SNAPSHOT_LABEL, timesMaintained } from './environment-snapshot.ts';
import { snapshotTarget } from './prepare.ts';
import { note, type Step, type StepContext } from './step.ts';

/** Name of a snapshot's image: from its key, so that sealing twice makes one. */
export const snapshotReference = (key: string): string => `drydock/snapshot:${key.slice(0, 24)}`;

/** The engine's clock may tell of a start a little later than the first file was written. */
const EARLIER_SECONDS = 5;

const requireSize = async ({ engine }: StepContext, container: string, limit: number): Promise<void> => {
  const written = await engine.writtenBytes(container);
  if (written > limit) {
    refuse('tooLarge', `Setup wrote ${written} bytes, more than the environment's ${limit}.`, 'Raise the limit of written bytes, or make setup write less.');
  }
};

/** Searches the image for the run's secrets. One that is found fails the run and takes the image with it. */
const requireNoSecret = async (context: StepContext, run: Run, image: string, container: string): Promise<SealReceipt | null> => {
  const { deps, engine, project } = context;
  const { environment } = run.order;
  const deleted = run.state.name === 'sealing' ? run.state.deleted : [];
  const secrets = await revealFor(deps, project, environment);
  if (secrets.size === 0) return null;
  const search = searchFor(secrets);
  const startedAt = (await engine.inspect(container))?.startedAt ?? 0;
  const since = Math.max(0, Math.floor(startedAt / 1_000) - EARLIER_SECONDS);
  const scanned = await scanImage(
    { engine, toolkit: deps.toolkit },
    { run: run.id, turn: run.turns.length, owner: deps.owner, environment, image, container, since, finder: search.finder() },
  );
  // A name can be the secret itself.
  const found = scanned.found.map((each) => ({ ...each, place: search.cover(each.place) }));
  const receipt: SealReceipt = { at: deps.clock.now(), secrets: [...secrets.keys()], forms: [...search.forms], files: scanned.files, bytes: scanned.bytes, deleted, found };
  const [first] = receipt.found;
  if (first === undefined) return receipt;
  await engine.removeImage(image);
  return refuse(
    'secretFound',
    `Setup left the secret ${first.secret} behind in ${first.place}${receipt.found.length > 1 ? `, and in ${receipt.found.length - 1} more places` : ''}; nothing was sealed.`,
    'Have setup delete it at its end, or give the secret as a file, which is gone with setup; then run again.',
    { receipt },
  );
};

/** Seal: the setup's container is stopped, measured, committed, searched for secrets, and removed. No process of setup survives it. */
export const seal: Step = async (context, run) => {
  const { deps, engine, project, builds } = context;
  const { key, imageId, base } = await snapshotTarget(context, run);
  const turn = run.turns.length;
  const container = containerName(run.id, turn, 'setup');
  if ((await engine.inspect(container)) === null) {
    note(context, 'The setup container is gone before it was sealed; setup begins again.');
    recordRun(deps, run, { kind: 'setUp' });
    return;
  }
  await engine.stop(container, 2);
  await servicesLeft(context, run, 'setup').end('close');
  await requireSize(context, container, run.order.environment.limits.writtenBytes);
  const image = snapshotReference(key);
  const upon = run.state.name === 'sealing' ? run.state.upon : undefined;
  const maintained = upon === undefined ? {} : { [MAINTAINED_LABEL]: String((await timesMaintained(engine, upon.image)) + 1) };
  await engine.commit(container, image, { [LABEL.owner]: deps.owner, [SNAPSHOT_LABEL]: key, [BUILT_ON_LABEL]: imageId, ...maintained });
  const receipt = await requireNoSecret(context, run, image, container);
  if (receipt !== null) note(context, `Sealed: ${receipt.files} files searched for ${receipt.secrets.length} ${receipt.secrets.length === 1 ? 'secret' : 'secrets'}, ${receipt.deleted.length} hiding places cleared, none found.`);
  const bytes = await engine.lastLayerBytes(image);
  // Recorded only now that it is whole and searched: a half-made snapshot is never used.
  deps.store.saveSnapshot({ key, image, tree: base.tree, projectId: project.id, madeAt: deps.clock.now(), receipt, bytes });
  builds.end(run.id);
  recordRun(deps, run, { kind: 'useSnapshot', snapshot: { key, image, tree: base.tree, reused: false, receipt } });
  deps.store.countSnapshotUse(key, deps.clock.now());
  await engine.remove(container);
  await engine.removeNetwork(networkName(run.id, turn));
};
