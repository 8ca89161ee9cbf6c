import { LABEL, type ContainerSpec } from '../../domain/container-spec.ts';
import { EngineFailure, type ContainerEngine } from '../../ports/container-engine.ts';
import type { WorkNetwork } from '../network/work-network.ts';
import type { WarmStart } from '../warm/warm-pool.ts';

/**
 * What of this run was made before the step that needs it, since the engine has nothing else to do while git takes the base: its
 * container, not started, and its network. Held by the run's driver only: after a kill the one is a leftover that has not run, the other is
 * taken up, as any other.
 */
export class ContainerAhead {
  #network: Promise<WorkNetwork> | null = null;
  #warm: Promise<WarmStart | null> | null = null;
  #made: { readonly spec: string; readonly container: string } | null = null;

  /** Makes it now. That it cannot be made is told when it is needed. */
  async make(engine: ContainerEngine, spec: ContainerSpec): Promise<void> {
    const container = await createAfresh(engine, spec).catch(() => null);
    this.#made = container === null ? null : { spec: JSON.stringify(spec), container };
  }

  /** Begins to make a container of the pool's the run's. */
  begin(warm: Promise<WarmStart | null>): void {
    warm.catch(() => {});
    this.#warm = warm;
  }

  /** Whether that was begun. */
  get hasWarm(): boolean {
    return this.#warm !== null;
  }

  /** The container and network of that, once; null: there is none. */
  async takeWarm(): Promise<WarmStart | null> {
    const warm = this.#warm;
    this.#warm = null;
    return warm;
  }

  get hasContainer(): boolean {
    return this.#made !== null;
  }

  /** Opens the run's network now, unless that was begun before. That it cannot be opened is told when it is needed. */
  open(network: () => Promise<WorkNetwork>): void {
    this.#network ??= network();
    this.#network.catch(() => {});
  }

  /** The network, once. */
  takeNetwork(): Promise<WorkNetwork> | null {
    const network = this.#network;
    this.#network = null;
    return network;
  }

  /** Lets go of what nobody needed: the engine's objects go with the run's others. */
  async letGo(): Promise<void> {
    const networks = [this.takeNetwork(), this.takeWarm().then((warm) => warm?.network ?? null)];
    await Promise.allSettled(networks.map(async (network) => (await network)?.end('leave')));
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
