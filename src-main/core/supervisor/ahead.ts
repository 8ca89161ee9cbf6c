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
  #made: Made | null = null;

  /** Begins to make it. That it cannot be made is told when it is needed. */
  make(engine: ContainerEngine, spec: ContainerSpec): void {
    const before = settled(this.#made);
    this.#made = { spec: JSON.stringify(spec), container: before.then(() => createAfresh(engine, spec)).catch(() => null), filled: null };
  }

  /** Has the workspace put into it as soon as it is there. That it cannot be put is told when it is needed. */
  fill(putInto: (container: string) => Promise<void>): void {
    const made = this.#made;
    if (made === null) return;
    made.filled = made.container.then((container) => (container === null ? undefined : putInto(container)));
    made.filled.catch(() => {});
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

  /** Lets go of the network, for what takes long: it is taken up again, and tested, when it is needed. */
  async leaveNetwork(): Promise<void> {
    const network = this.takeNetwork();
    await network?.then((open) => open.end('leave')).catch(() => {});
  }

  /** Lets go of what nobody needed: the engine's objects go with the run's others. */
  async letGo(): Promise<void> {
    const made = this.#made;
    this.#made = null;
    const leaveWarm = async (): Promise<void> => {
      const warm = await this.takeWarm();
      await warm?.output.letGo();
      await warm?.network.end('leave');
    };
    await Promise.allSettled([this.leaveNetwork(), leaveWarm(), settled(made)]);
  }

  /** The container, once, when exactly this one was made; `isFilled`: the workspace is in it. */
  async take(spec: ContainerSpec): Promise<{ readonly container: string; readonly isFilled: boolean } | null> {
    const made = this.#made;
    this.#made = null;
    const container = (await made?.container) ?? null;
    if (made === null || container === null || made.spec !== JSON.stringify(spec)) {
      await settled(made);
      return null;
    }
    await made.filled;
    return { container, isFilled: made.filled !== null };
  }
}

interface Made {
  readonly spec: string;
  /** null: it could not be made. */
  readonly container: Promise<string | null>;
  filled: Promise<void> | null;
}

const settled = async (made: Made | null): Promise<void> => void (await Promise.allSettled([made?.container, made?.filled]));

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
