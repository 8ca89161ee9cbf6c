import type { Run } from '../../contract/run.ts';
import { containerName } from '../../domain/container-spec.ts';
import { isSameRecipe } from '../../domain/warm.ts';
import type { ContainerEngine, ContainerFacts } from '../../ports/container-engine.ts';
import { allOf } from '../collect/all-of.ts';
import { openWorkNetwork, type WorkNetwork } from '../network/work-network.ts';
import { putAttachments } from '../supervisor/attachments.ts';
import { holdOutput, type HeldOutput } from '../supervisor/held-output.ts';
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
 * Makes a container that was made ahead the run's and starts it, while git takes its base and its network, which was found sealed when it was
 * made, is tested once more; null: something with it was not as it must be, and it is thrown away: what was prepared is a help, never a reason
 * to fail. All that runs in it waits for the run's command, which it is given when the test was passed and it is recorded as the run's: until
 * then whoever finds it throws it away as one that has not run.
 */
export const startWarm = async (context: StepContext, run: Run, warm: WarmContainer): Promise<WarmStart | null> => {
  const { engine } = context;
  const { container, seat, recipe } = warm;
  const opened = openWorkNetwork(context, run, seat);
  const held = holdOutput(engine, container);
  const begin = async (): Promise<void> => {
    await claim(engine, run, warm);
    await putAttachments(context, run, container);
    await (await opened).prepare(container);
    // Its end is waited for by who takes the output: the engine has the container at work long before it says so.
    void (await held).start();
  };
  try {
    const [network, output] = await allOf<[WorkNetwork, HeldOutput, void, void]>([opened, held, opened.then((network) => network.selfTest()), begin()]);
    return { recipe, container, network, output };
  } catch (error) {
    note(context, `A container that was made ahead was thrown away: ${error instanceof Error ? error.message : String(error)}.`);
    const remove = async (): Promise<void> => {
      await held.then((output) => output.letGo(), () => {});
      await engine.remove(container);
    };
    await Promise.allSettled([opened.then((network) => network.end('close')), remove(), seat?.discard()]);
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
  await started.output.letGo();
  await started.network.end('close');
  await context.engine.remove(started.container);
  return null;
};
