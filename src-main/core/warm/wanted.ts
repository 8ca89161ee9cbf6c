import type { BaseChoice } from '../../contract/brief.ts';
import type { Environment, Project } from '../../contract/project.ts';
import type { Run, Snapshot } from '../../contract/run.ts';
import { isHeavy } from '../../domain/heavy-workspace.ts';
import { currentTurn } from '../../domain/run-machine.ts';
import { doorOf, obstacleToWarm, type KnownEarly, type WarmRecipe } from '../../domain/warm.ts';
import type { ContainerEngine } from '../../ports/container-engine.ts';
import type { Deps } from '../deps.ts';
import { requireImage } from '../supervisor/environment-image.ts';
import { findSnapshot, hasSetup, snapshotKey } from '../supervisor/environment-snapshot.ts';

type Look = Pick<Deps, 'store' | 'depot' | 'secrets' | 'baseImage'>;

/** What would be made ahead for a project now. */
export interface Wanted {
  readonly recipe: WarmRecipe;
  readonly snapshot: Pick<Snapshot, 'tree'>;
}

const partOf = ({ variables, limits: { cpus, memoryBytes, processes } }: Environment): Pick<WarmRecipe, 'variables' | 'limits'> => ({ variables, limits: { cpus, memoryBytes, processes } });

/** Where the next run is most likely to start from, and to work in: as the brief of the project that was launched or changed last. */
const likeliest = ({ store }: Pick<Deps, 'store'>, project: Project): { base: BaseChoice; workingDirectory: string } => {
  const [last] = store
    .briefs()
    .filter(({ projectId, currentRun }) => projectId === project.id && currentRun !== null)
    .toSorted((a, b) => b.changedAt - a.changedAt);
  const base = last?.text.runsWith.base ?? { kind: 'head' };
  // What is not committed changes with every key that is pressed.
  return { base: base.kind === 'workingTree' ? { kind: 'head' } : base, workingDirectory: last?.text.scope.workingDirectory ?? '' };
};

/** What a run of this project would start from if it were launched now; null: nothing is to be made ahead, or there is no snapshot to make it from. */
export const wantedNow = async (deps: Look, engine: ContainerEngine, project: Project): Promise<Wanted | null> => {
  const { environment } = project;
  const door = doorOf({ ...environment.network, inject: environment.inject });
  if (environment.warm === 0 || obstacleToWarm(environment) !== null || door === null) return null;
  const { base: choice, workingDirectory } = likeliest(deps, project);
  const base = await deps.depot.commitBase(project, choice);
  const found = await requireImage(deps, engine, { project, environment, tree: base.tree });
  const made = { tree: base.tree, workingDirectory, door, ...partOf(environment) };
  if (!hasSetup(environment) && !isHeavy(await deps.depot.weigh(project, base.tree))) return { recipe: { key: found.id, image: found.reference, ...made }, snapshot: { tree: null } };
  const key = await snapshotKey(deps, { project, environment, tree: base.tree, imageId: found.id });
  const known = await findSnapshot(deps, engine, key);
  return known === null ? null : { recipe: { key, image: known.image, ...made }, snapshot: { tree: known.tree } };
};

/** What a run needs, as far as that is known at its launch; null: a container that was made ahead is never what it needs. */
export const knownEarly = ({ order: { environment, network, text } }: Run): KnownEarly | null => {
  const door = doorOf(network);
  if (door === null || obstacleToWarm({ ...environment, network }) !== null) return null;
  return { workingDirectory: text.scope.workingDirectory, door, ...partOf(environment) };
};

/** What a run needs that has its base and its snapshot; null as above. */
export const recipeOf = (run: Run): WarmRecipe | null => {
  const known = knownEarly(run);
  const { base, snapshot } = currentTurn(run);
  return known === null || base === null || snapshot === null ? null : { key: snapshot.key, image: snapshot.image, tree: base.tree, ...known };
};
