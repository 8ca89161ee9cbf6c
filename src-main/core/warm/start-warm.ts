import type { Run } from '../../contract/run.ts';
import { containerName } from '../../domain/container-spec.ts';
import { isSameRecipe } from '../../domain/warm.ts';
import type { ContainerEngine, ContainerFacts } from '../../ports/container-engine.ts';
import { allOf } from '../collect/all-of.ts';
import { openWorkNetwork, type WorkNetwork } from '../network/work-network.ts';
import { putAttachments } from '../supervisor/attachments.ts';
import { note, type StepContext } from '../supervisor/step.ts';
import type { WarmContainer, WarmStart } from './warm-pool.ts';
import { recipeOf } from './wanted.ts';

/**
 * Makes a warm container the run's: it gets the name that the run would have made it with, by which a repeat collides with it and
 * clean-up finds it. Rejects when it is not as it was made: somebody started or removed it.
 */
const claim = async (engine: ContainerEngine, run: Run, { container }: WarmContainer): Promise<void> => {
  const [facts] = await allOf<[ContainerFacts | null, void]>([engine.inspect(container), engine.rename(container, containerName(run.id, run.turns.length, 'work'))]);
  if (facts?.state !== 'created') throw new Error('it is no longer as it was made');
};

/**
 * Makes a container that was made ahead the run's, while git takes its base; null: something with it was not as it must be, and it is
 * thrown away: what was prepared is a help, never a reason to fail.
 */
export const startWarm = async (context: StepContext, run: Run, warm: WarmContainer): Promise<WarmStart | null> => {
  const { engine } = context;
  const { container, seat, recipe } = warm;
  let opened: WorkNetwork | null = null;
  const openTested = async (): Promise<WorkNetwork> => {
    opened = await openWorkNetwork(context, run, seat);
    await opened.selfTest();
    return opened;
  };
  try {
    const [network] = await allOf<[WorkNetwork, void]>([openTested(), claim(engine, run, warm).then(() => putAttachments(context, run, container))]);
    await network.prepare(container);
    return { recipe, container, network };
  } catch (error) {
    note(context, `A container that was made ahead was thrown away: ${error instanceof Error ? error.message : String(error)}.`);
    await Promise.allSettled([(opened as WorkNetwork | null)?.end('close'), engine.remove(container), seat?.discard()]);
    // What could not be removed now.
    await context.warm.discard(warm);
    return null;
  }
};

/** The container that was made the run's, when it holds what the run turned out to need. One that does not is removed. */
export const takeWarm = async (context: StepContext, run: Run): Promise<WarmStart | null> => {
  const started = await context.ahead.takeWarm();
  if (started === null) return null;
  const wanted = recipeOf(run);
  if (wanted !== null && isSameRecipe(started.recipe, wanted)) {
    note(context, 'Starts in a container that was made ahead.');
    return started;
  }
  await started.network.end('close');
  await context.engine.remove(started.container);
  return null;
};
