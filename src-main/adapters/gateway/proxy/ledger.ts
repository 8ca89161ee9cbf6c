import type { NetworkEntry } from '../../../contract/network.ts';
import { entryPlace } from '../../../domain/network/entry-place.ts';
import type { Clock } from '../../../ports/surroundings.ts';
import type { Passed } from './metered.ts';

export type Attempt = Pick<NetworkEntry, 'host' | 'port' | 'method' | 'path' | 'refused' | 'wouldNeed'>;

/** Kinds of attempts that are told apart: first paths are given up, then names, so that no program fills the run's log. */
const MOST_WITH_PATHS = 1_000;
const MOST = 2_000;
const OTHERS = '(others)';
/** Between two words on what has passed so far: so much is uncounted at most when Drydock is killed. */
const TELL_MS = 5_000;

/** As a log shows it: names as a program wrote them can have anything in them. */
const shown = (text: string, most: number): string => text.replace(/[^\u0020-\u007e]/g, '?').slice(0, most);

/** What a run asked of the network. Attempts of the same kind are one entry, which is told anew each time it changes. */
export class Ledger {
  readonly #turn: number;
  readonly #clock: Clock;
  readonly #onEntry: (entry: NetworkEntry) => void;
  readonly #entries: Map<string, NetworkEntry>;
  #closed = false;

  constructor(turn: number, before: readonly NetworkEntry[], clock: Clock, onEntry: (entry: NetworkEntry) => void) {
    this.#turn = turn;
    this.#clock = clock;
    this.#onEntry = onEntry;
    this.#entries = new Map(before.filter((entry) => entry.turn === turn).map((entry) => [entryPlace(entry), entry]));
  }

  /** Tells of an attempt that was decided. */
  record(attempt: Attempt): void {
    this.#record(attempt);
  }

  /** Tells of an attempt that passes, and of its bytes while they pass; what is returned tells of the last of them, and is called once. */
  recordPassing(attempt: Omit<Attempt, 'refused' | 'wouldNeed'>, passed: () => Passed): () => void {
    const place = this.#record({ ...attempt, refused: null, wouldNeed: null });
    let told: Passed = { sentBytes: 0, receivedBytes: 0 };
    const tell = (): void => {
      const { sentBytes, receivedBytes } = passed();
      const more = { sentBytes: sentBytes - told.sentBytes, receivedBytes: receivedBytes - told.receivedBytes };
      told = { sentBytes, receivedBytes };
      if (more.sentBytes + more.receivedBytes > 0) this.#change(place, { count: 0, ...more });
    };
    let stop = (): void => {};
    const tellAgain = (): void => {
      stop = this.#clock.after(TELL_MS, () => {
        tell();
        tellAgain();
      });
    };
    tellAgain();
    return () => {
      stop();
      tell();
    };
  }

  #record(attempt: Attempt): string {
    const now = this.#clock.now();
    const made: NetworkEntry = {
      ...attempt,
      host: shown(attempt.host, 300),
      method: attempt.method === null ? null : shown(attempt.method, 32),
      path: attempt.path === null ? null : shown(attempt.path, 512),
      port: Number.isInteger(attempt.port) ? attempt.port : 0,
      at: now,
      lastAt: now,
      turn: this.#turn,
      count: 0,
      sentBytes: 0,
      receivedBytes: 0,
    };
    const place = this.#placeOf(made);
    this.#change(place, { count: 1, sentBytes: 0, receivedBytes: 0 });
    return place;
  }

  /** Nothing is told any more. */
  close(): void {
    this.#closed = true;
  }

  #placeOf(made: NetworkEntry): string {
    const known = (entry: NetworkEntry): boolean => this.#entries.has(entryPlace(entry));
    const plain = { ...made, path: null, wouldNeed: null };
    const entry = known(made) || this.#entries.size < MOST_WITH_PATHS ? made : known(plain) || this.#entries.size < MOST ? plain : { ...plain, host: OTHERS, port: 0, method: null };
    const place = entryPlace(entry);
    if (!this.#entries.has(place)) this.#entries.set(place, entry);
    return place;
  }

  #change(place: string, more: { count: number; sentBytes: number; receivedBytes: number }): void {
    const before = this.#entries.get(place);
    if (before === undefined || this.#closed) return;
    const entry: NetworkEntry = {
      ...before,
      lastAt: Math.max(before.lastAt, this.#clock.now()),
      count: before.count + more.count,
      sentBytes: before.sentBytes + more.sentBytes,
      receivedBytes: before.receivedBytes + more.receivedBytes,
    };
    this.#entries.set(place, entry);
    try {
      this.#onEntry(entry);
    } catch {
      // Whoever listens answers for itself: a connection does not end with it.
    }
  }
}
