import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { MessagePort } from 'node:worker_threads';
import type { MainMessagePort } from '../transports/serve-message-port.ts';
import { ServiceUnreachable, type Connection, type DrydockClient } from './connection.ts';

/**
 * A client over a message port, Node's or that of Electron's main process. A port cannot reconnect: when the service restarts, a new port is handed
 * over and a new connection made.
 */
export function connectMessagePort<Client extends object = DrydockClient>(port: MessagePort | MainMessagePort): Connection<Client> {
  let isClosed = false;
  const onClose = (callback: () => void): void => void port.on('close', callback);
  const onMessage = (callback: (data: unknown) => void): void => {
    // Node hands an emitter's listener the value itself, Electron an event that carries it.
    if ('addEventListener' in port) port.on('message', callback);
    else port.on('message', (event) => callback(event.data));
  };
  onClose(() => (isClosed = true));
  const link = new RPCLink({
    port: {
      on: (event, callback) => {
        if (event === 'close') onClose(() => callback());
        else onMessage((data) => callback({ data }));
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
