import { EventEmitter } from 'node:events';

type Listener = (...args: never[]) => void;

/** The emitter behind an electron object: `members` is what the shell sees, `emit` what the stand-in uses. */
export class Events<Self> {
  readonly #bus = new EventEmitter();
  readonly #known: ReadonlySet<string>;
  readonly #name: string;
  self: Self | undefined;

  constructor(name: string, known: readonly string[]) {
    this.#name = name;
    this.#known = new Set(known);
  }

  readonly members = {
    on: (event: string, listener: Listener): Self => this.#listen('on', event, listener),
    once: (event: string, listener: Listener): Self => this.#listen('once', event, listener),
  };

  emit(event: string, ...args: unknown[]): void {
    this.#requireKnown(event);
    this.#bus.emit(event, ...args);
  }

  /** Emits an event that listeners may prevent; true when one did. */
  emitPreventable(event: string, details: object = {}, ...more: unknown[]): boolean {
    let prevented = false;
    this.emit(event, { ...details, preventDefault: () => (prevented = true) }, ...more);
    return prevented;
  }

  #listen(how: 'on' | 'once', event: string, listener: Listener): Self {
    this.#requireKnown(event);
    this.#bus[how](event, listener as (...args: unknown[]) => void);
    if (this.self === undefined) throw new Error(`${this.#name} has no self yet`);
    return this.self;
  }

  #requireKnown(event: string): void {
    if (!this.#known.has(event)) throw new Error(`The stand-in of electron knows no event '${event}' of ${this.#name}`);
  }
}
