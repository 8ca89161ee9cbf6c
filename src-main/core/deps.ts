import type { Agent } from '../ports/agent.ts';
import type { Depot } from '../ports/depot.ts';
import type { DiskProbe } from '../ports/disk-probe.ts';
import type { EngineConnection } from '../ports/engine-connection.ts';
import type { LandingSite } from '../ports/landing-site.ts';
import type { NetworkSeat } from '../ports/network-seat.ts';
import type { LogStore } from '../ports/log-store.ts';
import type { RunStore } from '../ports/run-store.ts';
import type { SecretStore } from '../ports/secret-store.ts';
import type { Clock, Ids } from '../ports/surroundings.ts';
import type { Toolkit } from './collect/toolkit.ts';

/** Everything the core stands on, given by the composition root. */
export interface Deps {
  readonly store: RunStore;
  readonly logs: LogStore;
  readonly depot: Depot;
  readonly secrets: SecretStore;
  readonly landingSite: LandingSite;
  readonly engines: EngineConnection;
  readonly seats: NetworkSeat;
  readonly toolkit: Toolkit;
  readonly agents: ReadonlyMap<string, Agent>;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Bytes of memory that this machine has left for programs. */
  readonly freeMemory: () => number;
  /** Marks this data directory on every object of the engine; only objects with it are ever touched. */
  readonly owner: string;
  /** Reference of Drydock's own image, and what to do when it is missing. */
  readonly baseImage: string;
  readonly dataDirectory: string;
  readonly disks: DiskProbe;
  readonly version: string;
  /** Version of the host's git, as `2.39.5`; null when there is none. */
  readonly gitVersion: () => Promise<string | null>;
  /** Makes the sample repository in a folder that does not exist yet. */
  readonly makeSample: (folder: string) => Promise<void>;
}
