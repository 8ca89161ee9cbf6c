import type { NetworkBudget, NetworkRefusal } from '../../../contract/network.ts';
import type { Clock } from '../../../ports/surroundings.ts';

const MINUTE_MS = 60_000;

/** What a run has already sent and received, in bytes. */
export interface Spent {
  readonly sentBytes: number;
  readonly receivedBytes: number;
}

/** Ends a connection on which more was to pass than the run may send or receive. */
export class BudgetSpent extends Error {
  readonly refusal: NetworkRefusal;
  constructor(refusal: NetworkRefusal) {
    super(`the run's ${refusal === 'sentBudget' ? 'budget of sent' : 'budget of received'} bytes is spent`);
    this.refusal = refusal;
  }
}

/** Counts what a run may use of the network. What is over is never begun: of a piece that does not fit nothing is sent. */
export class Budget {
  readonly #limit: NetworkBudget;
  readonly #clock: Clock;
  #sent: number;
  #received: number;
  #open = 0;
  #begun: number[] = [];
  #spent: BudgetSpent | null = null;

  constructor(limit: NetworkBudget, spent: Spent, clock: Clock) {
    this.#limit = limit;
    this.#clock = clock;
    this.#sent = spent.sentBytes;
    this.#received = spent.receivedBytes;
  }

  /** Not null as soon as something did not fit: whatever breaks then breaks because of it. */
  get spent(): BudgetSpent | null {
    return this.#spent;
  }

  /** Takes a place for a connection; null: it has one, and `close` gives it back. */
  open(): NetworkRefusal | null {
    if (this.#open >= this.#limit.connections) return 'connectionBudget';
    const refusal = this.begin();
    if (refusal === null) this.#open += 1;
    return refusal;
  }

  close(): void {
    this.#open -= 1;
  }

  /** Counts one more connection of who has a place already. */
  begin(): NetworkRefusal | null {
    if (this.#sent >= this.#limit.sentBytes) return 'sentBudget';
    if (this.#received >= this.#limit.receivedBytes) return 'receivedBudget';
    const now = this.#clock.monotonic();
    const recent = this.#begun.findIndex((at) => at > now - MINUTE_MS);
    this.#begun.splice(0, recent === -1 ? this.#begun.length : recent);
    if (this.#begun.length >= this.#limit.connectionsPerMinute) return 'rateBudget';
    this.#begun.push(now);
    return null;
  }

  /** Throws when these bytes may not be sent; from then on none may. */
  send(bytes: number): void {
    if (this.#sent + bytes > this.#limit.sentBytes) {
      this.#sent = this.#limit.sentBytes;
      throw (this.#spent ??= new BudgetSpent('sentBudget'));
    }
    this.#sent += bytes;
  }

  /** Throws when these bytes, which have come, may not be handed on. */
  receive(bytes: number): void {
    this.#received += bytes;
    if (this.#received > this.#limit.receivedBytes) throw (this.#spent ??= new BudgetSpent('receivedBudget'));
  }
}
