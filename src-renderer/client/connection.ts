import type { ClientContext, ClientLink } from '@orpc/client';
import { create } from 'zustand';

export type ConnectionState = 'connecting' | 'up' | 'lost';

/** One open transport to the service. `closed` settles, and never rejects, when it is gone. */
export interface Attachment {
  readonly link: ClientLink<ClientContext>;
  readonly closed: Promise<void>;
}

export const useConnection = create<{ state: ConnectionState }>(() => ({ state: 'connecting' }));

let current: Attachment | null = null;
let waiters: Array<(attachment: Attachment) => void> = [];

/** Why something cannot be done while the service is away, for a button's title. */
export const AWAY = 'The service is not answering';

/** Whether the window has lost its service: what it shows is what was last heard. */
export const useAway = (): boolean => useConnection((connection) => connection.state === 'lost');

/** Takes a new transport into use; the one before it is forgotten. */
export const attach = (attachment: Attachment): void => {
  current = attachment;
  useConnection.setState({ state: 'up' });
  for (const resolve of waiters.splice(0)) resolve(attachment);
  void attachment.closed.then(() => {
    if (current !== attachment) return;
    current = null;
    // Told only when the link has heard of it too: a screen that gives up a call then must not make it write to a closed transport.
    setTimeout(() => {
      if (current === null) useConnection.setState({ state: 'lost' });
    });
  });
};

/** The transport in use, as soon as there is one; rejects only when the caller gives up. */
export const attached = (signal?: AbortSignal): Promise<Attachment> => {
  if (current) return Promise.resolve(current);
  return new Promise((resolve, reject) => {
    const give = (attachment: Attachment): void => {
      signal?.removeEventListener('abort', stop);
      resolve(attachment);
    };
    const stop = (): void => {
      waiters = waiters.filter((waiter) => waiter !== give);
      reject(signal?.reason);
    };
    if (signal?.aborted) return stop();
    signal?.addEventListener('abort', stop, { once: true });
    waiters.push(give);
  });
};

/** Whether a transport has been replaced or has closed. */
export const isStale = (attachment: Attachment): boolean => current !== attachment;
