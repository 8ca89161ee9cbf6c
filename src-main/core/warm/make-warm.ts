import type { Project } from '../../contract/project.ts';
import type { Snapshot } from '../../contract/run.ts';
import type { TreeId } from '../../contract/ids.ts';
import { aheadWorkSpec, runOf } from '../../domain/container-spec.ts';
import { surroundingsOf, type WarmRecipe } from '../../domain/warm.ts';
import type { ContainerEngine } from '../../ports/container-engine.ts';
import type { Deps } from '../deps.ts';
import { planWorkspace } from '../supervisor/workspace.ts';
import type { WarmContainer } from './warm-pool.ts';

export interface WarmOrder {
  readonly warm: string;
  readonly project: Project;
  readonly recipe: WarmRecipe;
  readonly snapshot: Pick<Snapshot, 'tree'>;
}

/** Makes one. What was made is removed when the rest cannot be. */
export const makeWarm = async (deps: Deps, engine: ContainerEngine, { warm, project, recipe, snapshot }: WarmOrder): Promise<WarmContainer> => {
  const { owner, baseImage } = deps;
  const move = await planWorkspace({ deps, engine, project }, snapshot, recipe.tree as TreeId);
  const seat = recipe.door === 'none' ? null : await deps.seats.ahead(engine, { warm, owner, image: baseImage });
  let container: string | null = null;
  try {
    const { image, workingDirectory } = recipe;
    container = await engine.create(aheadWorkSpec({ warm, owner, image, workingDirectory, environment: project.environment }, surroundingsOf(recipe.door, seat?.holder ?? null), move.command('')));
    await move.putInto(container);
    return { warm, recipe, madeAt: deps.clock.now(), container, seat };
  } catch (error) {
    await Promise.allSettled([seat?.discard(), container === null ? null : engine.remove(container)]);
    throw error;
  }
};

/** Removes one that nobody took. What has a run's name by now is that run's, and goes with it. Fine when repeated. */
export const discardWarm = async (engine: ContainerEngine, { container, seat }: Pick<WarmContainer, 'container' | 'seat'>): Promise<void> => {
  const isNobodys = async (id: string): Promise<boolean> => {
    const facts = await engine.inspect(id);
    return facts !== null && runOf(facts) === null;
  };
  if (await isNobodys(container)) await engine.remove(container);
  if (seat !== null && (await isNobodys(seat.holder))) await seat.discard();
};
