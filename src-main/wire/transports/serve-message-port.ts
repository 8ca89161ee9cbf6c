import type { AnyRouter } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import type { MessagePort as WorkerMessagePort } from 'node:worker_threads';
import { endAbandonedIterators } from './end-abandoned-iterators.ts';
import { isRequestEnvelope } from './request-envelope.ts';

/** Electron's MessagePortMain, as far as it is used; declared here so that only the shell imports electron. */
export interface MainMessagePort {
  on(event: 'message', callback: (event: { data: unknown }) => void): unknown;
  on(event: 'close', callback: () => void): unknown;
  postMessage(message: unknown): void;
  start(): void;
  close(): void;
}

type Listener = (event?: { data: unknown }) => void;

/**
 * Serves one client over a message port: Node's (its `message` events carry the value under `data` when listened to
 * as a DOM event) or Electron's. A message that is not of the protocol closes the port.
 *
 * @returns the way to end it; the client's pending calls are rejected.
 */
export function serveMessagePort(router: AnyRouter, port: MainMessagePort | WorkerMessagePort): () => void {
  const listen = (event: string, callback: Listener): void => {
    if (event === 'close') return void port.on('close', () => callback());
    const onMessage = (message: { data: unknown }) => {
      if (isRequestEnvelope(message.data)) callback(message);
      else port.close();
    };
    if ('addEventListener' in port) port.addEventListener('message', onMessage as never);
    else port.on('message', onMessage);
  };
  const handler = new RPCHandler(router, { clientInterceptors: [endAbandonedIterators] });
  handler.upgrade({ on: listen, postMessage: (message: unknown) => port.postMessage(message) });
  port.start();
  return () => port.close();
}
