import type { Duplex } from 'node:stream';
import { onTestFinished } from 'vitest';
import { RelayLink } from '../../../src-main/adapters/gateway/relay/relay-link.ts';
import { systemClock } from '../../../src-main/adapters/system/clock.ts';
import type { Attachment } from '../../../src-main/ports/container-engine.ts';
import type { Clock } from '../../../src-main/ports/surroundings.ts';
import type { LocalRelay } from './local-relay.ts';

export interface ServiceSide {
  readonly link: RelayLink;
  /** How often it has attached. */
  readonly attachments: readonly Attachment[];
  /** Ends as a killed service does: without a word, in the middle of whatever it was writing. */
  kill(): void;
}

/** A service at the other end of a local relay. */
export const startService = async (
  relay: LocalRelay,
  onConnection: (door: string, connection: Duplex) => void,
  clock: Clock = systemClock,
): Promise<ServiceSide> => {
  const attachments: Attachment[] = [];
  let killed = false;
  const link = new RelayLink({
    attach: async (sink) => {
      const attachment = await relay.attach(sink);
      attachments.push(attachment);
      return attachment;
    },
    start: async () => {},
    hasEnded: () => (killed ? new Promise<never>(() => {}) : Promise.resolve(relay.child.exitCode !== null || relay.child.signalCode !== null)),
    onConnection,
    clock,
  });
  onTestFinished(() => link.leave());
  await link.open();
  return {
    link,
    attachments,
    kill: () => {
      killed = true;
      attachments.at(-1)?.detach();
    },
  };
};
