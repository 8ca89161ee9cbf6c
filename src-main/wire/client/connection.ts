import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '../../contract/endpoints.ts';

/** The contract as a client calls it. */
export type DrydockClient = ContractRouterClient<Contract>;

/** A client and the way to let go of it: pending calls are rejected, live iterators end. */
export interface Connection<Client = DrydockClient> {
  readonly client: Client;
  close(): Promise<void>;
}

/** A connection over a wire, which may be cut and come back. */
export interface WireConnection<Client = DrydockClient> extends Connection<Client> {
  /** Calls back at each cut that was not asked for (false) and each return (true); returns the way to stop that. */
  onChange(callback: (isUp: boolean) => void): () => void;
}

/** The service could not be reached, or the connection to it was cut. */
export class ServiceUnreachable extends Error {
  override readonly name = 'ServiceUnreachable';
}
