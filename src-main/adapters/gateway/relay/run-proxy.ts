import type { Duplex } from 'node:stream';
import type { FrozenNetwork, NetworkEntry } from '../../../contract/network.ts';

export interface RunProxyRequest {
  readonly network: FrozenNetwork;
  /** Values of the headers that are added for a host, by the secret's name. */
  readonly secrets: ReadonlyMap<string, string>;
  readonly turn: number;
  /** What an earlier proxy of this run kept; null: it is the first. */
  readonly kept: string | null;
  /** What was told of the run before. */
  readonly entries: readonly NetworkEntry[];
  readonly onEntry: (entry: NetworkEntry) => void;
}

/** The proxy of one run: everything that is decided about its connections. */
export interface RunProxy {
  /** Takes a connection as a client opened it, before its first byte. */
  accept(connection: Duplex): void;
  /** What the next proxy of this run needs in order to go on as this one, its certificate authority with its key; null: nothing. */
  readonly keep: string | null;
  /** Certificate authority for programs inside to trust, as PEM; null: no connection is looked into. */
  readonly authorityPem: string | null;
  /** Ends every connection. No entry is told of after it has resolved. */
  close(): Promise<void>;
}

export type CreateRunProxy = (request: RunProxyRequest) => Promise<RunProxy>;
