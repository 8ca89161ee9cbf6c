import { type MessagePortMain, type UtilityProcess, utilityProcess } from 'electron';
import type { Fault } from '../contract/fault.ts';
import { decideRestart, recentEnds } from './restart-policy.ts';
import { serviceMessage, type ShellMessage } from './service-messages.ts';

export interface ServiceEvents {
  /** A service process, the first or a new one, can be connected to. */
  started(): void;
  /** The service will not serve, or ended too often; nothing is started until `start` is called again. */
  stopped(why: Fault): void;
}

/** The service in its utility process: started, started again when it dies, and ended in order. */
export class ServiceProcess {
  readonly #entry: string;
  readonly #args: readonly string[];
  readonly #secretKey: () => Uint8Array | null;
  readonly #events: ServiceEvents;
  #child: UtilityProcess | null = null;
  #running = false;
  #ending = false;
  #refusal: Fault | null = null;
  #ends: number[] = [];
  #restart: NodeJS.Timeout | undefined;

  /** @param entry the service bundle  @param args its command line  @param secretKey asked for at each start, and handed over in a message */
  constructor(entry: string, args: readonly string[], secretKey: () => Uint8Array | null, events: ServiceEvents) {
    this.#entry = entry;
    this.#args = args;
    this.#secretKey = secretKey;
    this.#events = events;
  }

  /** Starts the service, with a clean record: a person asked for it. */
  start(): void {
    this.#ends = [];
    this.#fork();
  }

  /** Hands a port to the service. False: there is none right now; `started` will tell. */
  connect(port: MessagePortMain): boolean {
    if (this.#child === null || !this.#running) return false;
    this.#child.postMessage({ type: 'connect' } satisfies ShellMessage, [port]);
    return true;
  }

  /**
   * Asks the service to finish and waits for its end, at most `limitMs`; then it is killed, which costs nothing that is
   * stored: every durable write is a transaction and what runs in containers outlives the service. `stopRunsMs`: before that
   * it stops its runs, which may take so much longer.
   */
  async end(limitMs: number, stopRunsMs = 0): Promise<void> {
    this.#ending = true;
    clearTimeout(this.#restart);
    const child = this.#child;
    if (child === null) return;
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.postMessage({ type: 'dispose', stopRunsMs } satisfies ShellMessage);
    const limit = setTimeout(() => child.kill(), stopRunsMs + limitMs);
    // A process that even the kill does not end must not keep the app open.
    const patience = new Promise<void>((resolve) => setTimeout(resolve, stopRunsMs + limitMs * 2).unref());
    await Promise.race([ended, patience]);
    clearTimeout(limit);
  }

  #fork(): void {
    if (this.#ending || this.#child !== null) return;
    this.#refusal = null;
    const child = utilityProcess.fork(this.#entry, [...this.#args], { serviceName: 'Drydock service', stdio: 'inherit' });
    this.#child = child;
    child.once('spawn', () => {
      this.#running = true;
      child.postMessage({ type: 'start', secretKey: this.#secretKey() } satisfies ShellMessage);
      this.#events.started();
    });
    child.on('message', (message: unknown) => {
      const said = serviceMessage.safeParse(message);
      if (said.success) this.#refusal = said.data.fault;
    });
    child.once('exit', () => this.#ended());
  }

  #ended(): void {
    this.#child = null;
    this.#running = false;
    if (this.#ending) return;
    if (this.#refusal !== null) return this.#events.stopped(this.#refusal);
    const now = performance.now();
    this.#ends = [...recentEnds(this.#ends, now), now];
    const decision = decideRestart(this.#ends, now);
    if (decision.kind === 'giveUp') return this.#events.stopped(endedTooOften(this.#ends.length));
    this.#restart = setTimeout(() => this.#fork(), decision.delayMs);
  }
}

function endedTooOften(times: number): Fault {
  return {
    code: 'internal',
    message: `Drydock's service ended ${times} times within a minute. Runs that are going keep going in their containers.`,
    next: 'Try again; if it ends again, run `drydock doctor` in a terminal.',
  };
}
