import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '../../contract/endpoints.ts';

/** The contract as a client calls it. */
export type DrydockClient = ContractRouterClient<Contract>;

/** A client and the way to let go of it: pending calls are rejected, live iterators end. */
export interface Connection<Client = DrydockClient> {
  readonly client: Client;
  close(): Promise<void>;
}

/** The service could not be reached, or the connection to it was cut. */
export class ServiceUnreachable extends Error {
  override readonly name = 'ServiceUnreachable';
}
