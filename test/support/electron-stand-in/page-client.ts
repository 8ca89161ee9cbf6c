/** Runs in the page: takes each port that the preload hands over and calls the contract through the latest one. */
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '../../../src-main/contract/endpoints.ts';

/** What the page has that a program without the DOM's types does not know. */
interface PagePort {
  start(): void;
  addEventListener(type: string, listener: (event: { data: unknown }) => void): void;
  postMessage(message: unknown): void;
}
interface Page {
  drydock: { requestPort(): Promise<void> };
  location: { origin: string };
  addEventListener(type: 'message', listener: (event: { data: unknown; origin: string; ports: PagePort[] }) => void): void;
  /** Asks the service who it is, over whichever port leads to one that is not the process `notPid`. */
  hello?: (notPid: number) => Promise<{ pid: number }>;
}
const page = globalThis as unknown as Page;

interface Connected {
  readonly client: ContractRouterClient<Contract>;
  readonly closed: Promise<void>;
}
let latest = Promise.withResolvers<Connected>();

page.addEventListener('message', (event) => {
  const [port] = event.ports;
  if (event.data !== 'drydock:port' || event.origin !== page.location.origin || port === undefined) return;
  const closed = new Promise<void>((resolve) => port.addEventListener('close', () => resolve()));
  // A port that is gone makes room: whoever asks next waits for the port of the next service.
  const mine = Promise.withResolvers<Connected>();
  const connected = { client: createORPCClient<ContractRouterClient<Contract>>(new RPCLink({ port: port as never })), closed };
  latest.resolve(connected);
  mine.resolve(connected);
  latest = mine;
  void closed.then(() => {
    if (latest === mine) latest = Promise.withResolvers();
  });
  port.start();
});

page.hello = async (notPid) => {
  for (;;) {
    const { client, closed } = await latest.promise;
    const answer = await Promise.race([client.service.hello({}).catch(() => null), closed.then(() => null)]);
    if (answer !== null && answer.pid !== notPid) return answer;
    await closed;
  }
};
void page.drydock.requestPort();
