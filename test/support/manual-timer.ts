import type { Timer } from '../../src-main/wire/timer.ts';

/** Time in the test's hand: nothing happens until it is moved on. */
export class ManualTimer implements Timer {
  readonly pauses: number[] = [];
  #now = 0;
  #due: { at: number; callback: () => void }[] = [];
  #asked = Promise.withResolvers<void>();

  after(ms: number, callback: () => void): () => void {
    const entry = { at: this.#now + ms, callback };
    this.#due.push(entry);
    this.pauses.push(ms);
    this.#asked.resolve();
    this.#asked = Promise.withResolvers<void>();
    return () => {
      this.#due = this.#due.filter((other) => other !== entry);
    };
  }

  /** Settles when at least `count` callbacks wait. */
  async untilAsked(count = 1): Promise<void> {
    while (this.#due.length < count) await this.#asked.promise;
  }

  advance(ms: number): void {
    this.#now += ms;
    const due = this.#due.filter((entry) => entry.at <= this.#now);
    this.#due = this.#due.filter((entry) => entry.at > this.#now);
    for (const entry of due) entry.callback();
  }
}
