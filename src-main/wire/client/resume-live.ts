import { ORPCError } from '@orpc/client';
import { ClientRetryPlugin, type ClientRetryPluginContext } from '@orpc/client/plugins';
import { getContractRouter, getEventIteratorSchemaDetails, isContractProcedure, type AnyContractRouter } from '@orpc/contract';
import type { ReconnectingSocket } from './reconnecting-socket.ts';

/** These make something for their listener that ends with it: called again they would make another, which nobody asked for. */
const MADE_FOR_LISTENER = new Set(['briefs.tryCheck', 'runs.openShell']);

/**
 * Live endpoints outlive a cut: as soon as the socket is open again they are called with the id of the last event
 * that was seen. A plain call is never repeated by itself; its caller decides (the command id makes that safe).
 * An answer of the service, even a refusal, is final.
 */
export function resumeLive(contract: AnyContractRouter, socket: ReconnectingSocket): ClientRetryPlugin<ClientRetryPluginContext> {
  return new ClientRetryPlugin({
    default: {
      retry: ({ path }) => (isLive(contract, path) && !MADE_FOR_LISTENER.has(path.join('.')) ? Number.POSITIVE_INFINITY : 0),
      shouldRetry: ({ error }) => !(error instanceof ORPCError),
      retryDelay: async ({ signal }) => {
        await socket.whenOpen(signal);
        return 0;
      },
    },
  });
}

function isLive(contract: AnyContractRouter, path: readonly string[]): boolean {
  const procedure = getContractRouter(contract, path);
  return isContractProcedure(procedure) && getEventIteratorSchemaDetails(procedure['~orpc'].outputSchema) !== undefined;
}
