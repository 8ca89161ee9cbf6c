import { createORPCClient, ORPCError, type ClientContext, type ClientLink } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '../../src-main/contract/endpoints.ts';
import { attached, isStale } from './connection.ts';

/**
 * Calls wait for a connection, and are repeated on the next one when theirs is cut before the answer came: reading is
 * harmless, and every mutating call carries an id that the service answers from its receipts.
 */
const lastingLink: ClientLink<ClientContext> = {
  async call(path, input, options) {
    for (;;) {
      const attachment = await attached(options.signal);
      try {
        return await attachment.link.call(path, input, options);
      } catch (error) {
        await Promise.resolve();
        const answered = error instanceof ORPCError;
        if (answered || options.signal?.aborted || !isStale(attachment)) throw error;
      }
    }
  },
};

/** Every call of the contract, over whatever connects this page to the service. */
export const api: ContractRouterClient<Contract> = createORPCClient(lastingLink);
