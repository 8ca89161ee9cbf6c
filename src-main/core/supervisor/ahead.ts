import { LABEL, type ContainerSpec } from '../../domain/container-spec.ts';
import { EngineFailure, type ContainerEngine } from '../../ports/container-engine.ts';

/**
 * A container of this run that was made, not started, before the step that needs it: while git takes the base the engine
 * has nothing else to do. Held by the run's driver only: after a kill it is a leftover that has not run, as any other.
 */
export class ContainerAhead {
  #made: { readonly spec: string; readonly container: string } | null = null;

  /** Makes it now. That it cannot be made is told when it is needed. */
  async make(engine: ContainerEngine, spec: ContainerSpec): Promise<void> {
    const container = await createAfresh(engine, spec).catch(() => null);
    this.#made = container === null ? null : { spec: JSON.stringify(spec), container };
  }

  /** The container, once, when exactly this one was made. */
  take(spec: ContainerSpec): string | null {
    const made = this.#made;
    this.#made = null;
    return made !== null && made.spec === JSON.stringify(spec) ? made.container : null;
  }
}

/** Makes a container that never ran. A leftover of the same name is removed: it has not run either. */
export const createAfresh = (engine: ContainerEngine, spec: ContainerSpec): Promise<string> =>
  engine.create(spec).catch(async (error: unknown) => {
    if (!(error instanceof EngineFailure) || error.fault.kind !== 'nameTaken') throw error;
    await removeLeftover(engine, spec);
    return engine.create(spec);
  });

/** Removes what an earlier try of ours left under the name. A container that carries another owner's label, or none, is not touched. */
export const removeLeftover = async (engine: ContainerEngine, spec: ContainerSpec): Promise<void> => {
  const facts = await engine.inspect(spec.name);
  if (facts === null) return;
  if (facts.labels[LABEL.owner] !== spec.labels[LABEL.owner]) throw new EngineFailure({ kind: 'nameTaken', name: spec.name });
  await engine.remove(facts.id);
};
