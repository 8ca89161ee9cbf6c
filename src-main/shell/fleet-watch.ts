import { MessageChannelMain } from 'electron';
import type { FleetState } from '../contract/fleet.ts';
import { holdsSlot } from '../domain/columns.ts';
import { wholeUpdates } from '../domain/fleet-parts.ts';
import { connectMessagePort } from '../wire/client/connect-message-port.ts';
import type { Connection } from '../wire/client/connection.ts';
import { afterUpdate } from '../wire/client/fleet-picture.ts';
import type { ServiceProcess } from './service-process.ts';

/** Called with the fleet as it was (null: never seen) and as it is. */
export type FleetListener = (before: FleetState | null, after: FleetState) => void;

/** The shell's own look at the fleet: a client as any window's, connected again to each new service process. */
export class FleetWatch {
  readonly #service: Pick<ServiceProcess, 'connect'>;
  readonly #listeners = new Set<FleetListener>();
  #connection: Connection | null = null;
  #picture: FleetState | null = null;

  constructor(service: Pick<ServiceProcess, 'connect'>) {
    this.#service = service;
  }

  /** The fleet as last seen; null while no service has told. */
  get picture(): FleetState | null {
    return this.#picture;
  }

  /** Calls back at every change; returns the way to stop that. */
  onChange(listener: FleetListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The service is a new process: looks at that one. */
  renew(): void {
    void this.#connection?.close();
    const { port1, port2 } = new MessageChannelMain();
    if (!this.#service.connect(port1)) return;
    const connection = connectMessagePort(port2);
    this.#connection = connection;
    // Ends with the service's process; `renew` tells of the next one.
    this.#follow(connection).catch(() => undefined);
  }

  /** How many runs have started and not ended, as last seen. */
  underWay(): number {
    return (this.#picture?.runs ?? []).filter((run) => holdsSlot(run.state)).length;
  }

  async #follow({ client }: Connection): Promise<void> {
    for await (const update of wholeUpdates(await client.fleet.watch({}))) {
      const before = this.#picture;
      const after = afterUpdate(before, update);
      if (after === null) continue;
      this.#picture = after;
      for (const listener of [...this.#listeners]) listener(before, after);
    }
  }
}
