import { createConnection } from 'node:net';
import type { DrydockClient, WireConnection } from './connection.ts';
import { connectWebSocket, type ConnectOptions } from './connect-web-socket.ts';

/**
 * Connects to a service by the path of its local socket or named pipe. The host in the address is a formality.
 *
 * @throws ServiceUnreachable when nobody listens there.
 */
export function connectLocal<Client extends object = DrydockClient>(
  path: string,
  options: ConnectOptions = {},
): Promise<WireConnection<Client>> {
  // Not a `ws+unix:` address: that form splits at the first colon, which a folder's name may contain.
  const toSocket = () => createConnection(path);
  return connectWebSocket<Client>('ws://localhost/rpc', { createConnection: toSocket as typeof createConnection }, options);
}
