import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { MessagePort } from 'node:worker_threads';
import { ServiceUnreachable, type Connection, type DrydockClient } from './connection.ts';

/**
 * A client over one of Node's message ports. A port cannot reconnect: when the service restarts, a new port is handed
 * over and a new connection made.
 */
export function connectMessagePort<Client extends object = DrydockClient>(port: MessagePort): Connection<Client> {
  let isClosed = false;
  port.on('close', () => (isClosed = true));
  const link = new RPCLink({
    port: {
      on: (event, callback) => {
        if (event === 'close') port.on('close', () => callback());
        else port.on('message', (data: unknown) => callback({ data }));
      },
      postMessage: (message: unknown) => {
        // A closed port swallows messages in silence: the call would wait for ever.
        if (isClosed) throw new ServiceUnreachable('The service has closed its port.');
        port.postMessage(message);
      },
    },
  });
  port.start();
  return {
    client: createORPCClient(link) as Client,
    async close() {
      port.close();
    },
  };
}
