import type { ProjectId } from '../../contract/ids.ts';
import type { KnownEarly, WarmRecipe } from '../../domain/warm.ts';
import type { SeatAhead } from '../../ports/network-seat.ts';
import type { WorkNetwork } from '../network/work-network.ts';
import type { HeldOutput } from '../supervisor/held-output.ts';

/**
 * A container that was made ahead of any run and has never run: from the snapshot, with its workspace and, where the policy needs one, a
 * relay that is up, found sealed, and forwards nothing. It knows no command, no secret and no run.
 */
export interface WarmContainer {
  /** The part of its name that is its own. */
  readonly warm: string;
  readonly recipe: WarmRecipe;
  readonly madeAt: number;
  /** Id at the engine: it stays when the run that takes it renames it. */
  readonly container: string;
  readonly seat: SeatAhead | null;
}

/** One that a run has made its own: its network open and tested, and Drydock's own few lines in it, waiting for the run's command. */
export interface WarmStart {
  readonly recipe: WarmRecipe;
  readonly container: string;
  readonly output: HeldOutput;
  readonly network: WorkNetwork;
}

/** Containers that were made ahead, by project. They belong to this process: none of them is taken over by the next. */
export interface WarmPool {
  /** One that agrees with what is known of a run so early. It is the caller's: to be made one run's, or given to `discard`. */
  take(project: ProjectId, known: KnownEarly): WarmContainer | null;
  discard(container: WarmContainer): Promise<void>;
  /** Whether it is one of this process's, by the label of that name: all others are left over. */
  isOwn(warm: string): boolean;
  counts(): Readonly<Record<ProjectId, number>>;
  /** Something has changed that may matter: looks again, soon. */
  wake(): void;
  /** Throws away what was made from a snapshot, before its image is removed. */
  forget(snapshot: string): Promise<void>;
  /** Removes every one. */
  dispose(): Promise<void>;
}
