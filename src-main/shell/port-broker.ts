import { MessageChannelMain, type WebContents } from 'electron';
import { channels } from './channels.ts';
import type { ServiceProcess } from './service-process.ts';

/**
 * Gives each page that asked a port to the service, and another one whenever the service is a new process: a message port
 * cannot be connected again.
 */
export class PortBroker {
  readonly #service: Pick<ServiceProcess, 'connect'>;
  readonly #pages = new Set<WebContents>();

  constructor(service: Pick<ServiceProcess, 'connect'>) {
    this.#service = service;
  }

  /** The page wants a port: at once if the service runs, else as soon as it does. */
  request(page: WebContents): void {
    if (!this.#pages.has(page)) {
      this.#pages.add(page);
      page.once('destroyed', () => this.#pages.delete(page));
    }
    this.#give(page);
  }

  /** The service is a new process: every page gets a new port. */
  renew(): void {
    for (const page of this.#pages) this.#give(page);
  }

  #give(page: WebContents): void {
    const { port1, port2 } = new MessageChannelMain();
    if (this.#service.connect(port1)) page.postMessage(channels.port, null, [port2]);
    else {
      port1.close();
      port2.close();
    }
  }
}
