import type { RunId } from '../contract/ids.ts';
import type { FrozenNetwork, NetworkEntry } from '../contract/network.ts';
import type { ContainerEngine } from './container-engine.ts';
import { Failure } from './failure.ts';

/** What a seat throws: engine failures pass through; a self-test with a surprise is `policyNotEnforced`, naming it. */
export class SeatFailure extends Failure {}

export interface SeatRequest {
  readonly runId: RunId;
  readonly turn: number;
  /** Marks the data directory that owns the engine's objects. */
  readonly owner: string;
  /** Drydock's own image, in which the relay runs. */
  readonly image: string;
  readonly network: FrozenNetwork;
  /** Values of the headers that are added for a host, by the secret's name. */
  readonly secrets: ReadonlyMap<string, string>;
  /** What was told of the run before: attempts, and what they may use, are counted on. */
  readonly entries: readonly NetworkEntry[];
  /** Told of each attempt when it is decided, and again with its bytes when it has ended. Never called after `close`. */
  readonly onEntry: (entry: NetworkEntry) => void;
}

/** A network of a run's own: loopback, and on it the doors to the service. */
export interface Seat {
  /** Name of the container whose network the run's containers join. */
  readonly holder: string;
  /** Certificate authority of the run, as PEM, for programs inside to trust; null: no connection is looked into. */
  readonly authority: string | null;
  /**
   * From inside the network: loopback alone, no route, no names, no host, a name that is not allowed is refused, an allowed door answers.
   * Rejects with policyNotEnforced and the surprise.
   */
  selfTest(): Promise<void>;
  /** Settles when the holder is gone while the seat was open: the run has lost its network. */
  readonly lost: Promise<void>;
  /** Lets go without touching the holder: another service takes it up. */
  leave(): Promise<void>;
  /** Ends every connection and removes the holder. */
  close(): Promise<void>;
}

/** A seat that is made before there is a run for it: up, found sealed from inside, and forwarding nothing. */
export interface SeatAhead {
  /** Id of the container whose network the run's containers join: it stays when the run renames it. */
  readonly holder: string;
  /** Settles when the holder is gone while the seat was held. */
  readonly lost: Promise<void>;
  /** Makes it the run's own: from now on it forwards what that run's policy allows. To be tested again before the run's work. Once. */
  take(request: SeatRequest): Promise<Seat>;
  /** Removes the holder. Fine when repeated; not after `take`. */
  discard(): Promise<void>;
}

/** Makes the networks of runs that may reach something. */
export interface NetworkSeat {
  /** Makes a seat ahead of any run. `warm` is the part of its name that is its own. Rejects when it is not sealed as it must be, and leaves nothing. */
  ahead(engine: ContainerEngine, request: Pick<SeatRequest, 'owner' | 'image'> & { readonly warm: string }): Promise<SeatAhead>;
  /** Makes the run's seat, or takes up the one that an earlier service left: connections that waited go on. */
  open(engine: ContainerEngine, request: SeatRequest): Promise<Seat>;
}
