import type { AnyRouter } from '@orpc/server';
import { RPCHandler } from '@orpc/server/ws';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import type { Timer } from '../timer.ts';
import { endAbandonedIterators } from './end-abandoned-iterators.ts';
import { isRequestEnvelope, REQUEST_LIMIT } from './request-envelope.ts';

/** A peer that answers no ping within one interval is gone; a laptop that slept comes back as a new connection. */
export const PING_INTERVAL_MS = 30_000;

/**
 * Bytes that may wait for a client that does not read. Beyond it the connection is cut: the client comes back and
 * goes on from the last event it saw, instead of its backlog filling this process's memory.
 */
export const UNREAD_LIMIT = 64 * 1024 * 1024;

/** The WebSocket side of a server; the caller has decided that an upgrade is allowed before it comes here. */
export function createSocketServer(): WebSocketServer {
  return new WebSocketServer({ noServer: true, maxPayload: REQUEST_LIMIT, perMessageDeflate: false });
}

/** Returns what serves the router to one accepted WebSocket, on TCP or on a local socket alike. */
export function createSocketHandler(router: AnyRouter, timer: Timer): (socket: WebSocket) => void {
  const handler = new RPCHandler(router, { clientInterceptors: [endAbandonedIterators] });
  return (socket) => {
    // A protocol error (too large, bad frame) reaches here, and the library closes the socket by itself afterwards.
    socket.on('error', () => {});
    endSilentPeer(socket, timer);
    void handler.upgrade(guarded(socket));
  };
}

/** What the RPC library sees of a socket: only well-formed messages come in, and a reader that sleeps is cut off. */
function guarded(socket: WebSocket): Pick<WebSocket, 'addEventListener' | 'send'> {
  const addEventListener = (event: string, listener: (event: never) => void): void => {
    if (event === 'close') return void socket.on('close', () => listener({} as never));
    socket.on('message', (data: RawData, isBinary: boolean) => {
      const message = isBinary ? data : data.toString();
      if (isRequestEnvelope(message)) listener({ data: message } as never);
      else socket.close(1008, 'not a request');
    });
  };
  const send = (data: string | Uint8Array): void => {
    if (socket.bufferedAmount > UNREAD_LIMIT) socket.terminate();
    else socket.send(data);
  };
  return { addEventListener, send } as Pick<WebSocket, 'addEventListener' | 'send'>;
}

function endSilentPeer(socket: WebSocket, timer: Timer): void {
  let answered = true;
  let callOff = () => {};
  const next = () => {
    if (!answered) return socket.terminate();
    answered = false;
    socket.ping();
    callOff = timer.after(PING_INTERVAL_MS, next);
  };
  socket.on('pong', () => (answered = true));
  socket.on('close', () => callOff());
  callOff = timer.after(PING_INTERVAL_MS, next);
}
