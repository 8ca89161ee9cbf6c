import type { EngineStatus } from '../contract/fleet.ts';
import type { ContainerEngine, ContainerEvent } from './container-engine.ts';

/**
 * The engine of this machine, which may come and go. Being down is a normal state: `engine` is null and `status`
 * carries the fault with its next step.
 */
export interface EngineConnection {
  status(): EngineStatus;
  /** null unless the status is `up`. A call that fails with `unavailable` is followed by a change of status. */
  engine(): ContainerEngine | null;
  /** Called after each change of status, never from within `status` or `reconnect`. Returns the way to stop. */
  onChange(listener: (status: EngineStatus) => void): () => void;
  /** What happens to containers of this installation. Nothing is replayed after a loss: look again when it is up. */
  onEvent(listener: (event: ContainerEvent) => void): () => void;
  /** Looks at once when down, instead of at the end of the current pause. */
  reconnect(): void;
  /** Lets go of the engine; no listener is called afterwards. Containers go on. */
  dispose(): Promise<void>;
}
