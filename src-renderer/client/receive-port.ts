import { RPCLink } from '@orpc/client/message-port';
import { attach } from './connection.ts';
import type { Desktop } from './desktop.ts';

/** How long to wait before asking for another port, in milliseconds: a restarted service sends one by itself. */
const ASK_AGAIN_MS = 1000;

/**
 * Uses the ports that the preload hands over: one now, another whenever the service was restarted. A port cannot
 * reconnect, so each new one replaces the last.
 */
export const receivePorts = (desktop: Desktop): void => {
  let latest: MessagePort | null = null;
  window.addEventListener('message', (event) => {
    const [port] = event.ports;
    if (event.source !== window || event.data !== 'drydock:port' || !port) return;
    latest?.close();
    latest = port;
    const closed = new Promise<void>((resolve) => {
      port.addEventListener('close', () => {
        resolve();
        setTimeout(() => {
          if (latest === port) desktop.requestPort();
        }, ASK_AGAIN_MS);
      });
    });
    attach({ link: new RPCLink({ port }), closed });
    port.start();
  });
  desktop.requestPort();
};
