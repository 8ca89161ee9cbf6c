import { RPCLink } from '@orpc/client/websocket';
import { attach } from './connection.ts';

/** Waits between attempts, in milliseconds: quick at first, for a service that is just being restarted. */
const RETRY_AFTER_MS = [200, 400, 800, 1500, 3000];

/** The service that the page came from; in development, where the page comes from another server, the one its address names. */
const address = (): string => {
  const named = import.meta.env.DEV ? new URLSearchParams(window.location.search).get('service') : null;
  const url = new URL(named ?? '/rpc', window.location.href);
  url.protocol = url.protocol === 'https:' || url.protocol === 'wss:' ? 'wss:' : 'ws:';
  return url.href;
};

/** Keeps a WebSocket to the service open for as long as the page lives. */
export const keepSocketOpen = (failures = 0): void => {
  const socket = new WebSocket(address());
  let opened = false;
  const closed = new Promise<void>((resolve) => {
    socket.addEventListener('close', () => {
      resolve();
      const attempt = opened ? 0 : failures + 1;
      const wait = RETRY_AFTER_MS[Math.min(attempt, RETRY_AFTER_MS.length - 1)];
      setTimeout(() => keepSocketOpen(attempt), wait);
    });
  });
  socket.addEventListener('open', () => {
    opened = true;
    attach({ link: new RPCLink({ websocket: socket }), closed });
  });
};
