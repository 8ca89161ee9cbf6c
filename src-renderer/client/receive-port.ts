import { RPCLink } from '@orpc/client/message-port';
import { attach } from './connection.ts';
import type { Desktop } from './desktop.ts';

/** How long to wait before asking for another port, in milliseconds: a restarted service sends one by itself. */
const ASK_AGAIN_MS = 1000;

/** Ends a port for good. Its own side hears nothing of `close()`, but whoever waits for an answer on it must. */
const retire = (port: MessagePort): void => {
  port.close();
  port.dispatchEvent(new Event('close'));
};

/**
 * Uses the ports that the preload hands over: one now, another whenever the service was restarted. A port cannot
 * reconnect, so each new one replaces the last.
 */
export const receivePorts = (desktop: Desktop): void => {
  let latest: MessagePort | null = null;
  const ask = (): void => {
    Promise.resolve(desktop.requestPort()).catch(() => askAgain());
  };
  const askAgain = (): void => {
    const given = latest;
    setTimeout(() => {
      if (latest === given) ask();
    }, ASK_AGAIN_MS);
  };
  window.addEventListener('message', (event) => {
    const [port] = event.ports;
    if (event.source !== window || event.data !== 'drydock:port' || !port) return;
    const previous = latest;
    latest = port;
    const closed = new Promise<void>((resolve) => {
      port.addEventListener('close', () => {
        resolve();
        askAgain();
      });
    });
    attach({ link: new RPCLink({ port }), closed });
    port.start();
    if (previous) retire(previous);
  });
  ask();
};
