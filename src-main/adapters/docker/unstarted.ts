/** A container that this adapter made and has not been asked to start. */
export interface Unstarted {
  readonly id: string;
  readonly openStdin: boolean;
}

/**
 * Containers made here that never ran, by id and by name: what is known of them need not be asked of the engine again.
 * Forgotten with the call that starts or removes them, before its answer.
 */
export class UnstartedContainers {
  readonly #known = new Map<string, Unstarted & { readonly name: string }>();

  add(name: string, unstarted: Unstarted): void {
    const entry = { ...unstarted, name };
    this.#known.set(name, entry);
    this.#known.set(unstarted.id, entry);
  }

  get(name: string): Unstarted | undefined {
    return this.#known.get(name);
  }

  rename(name: string, to: string): void {
    const entry = this.#known.get(name);
    if (entry === undefined) return;
    this.forget(name);
    this.add(to, entry);
  }

  forget(name: string): void {
    const entry = this.#known.get(name);
    if (entry === undefined) return;
    this.#known.delete(entry.name);
    this.#known.delete(entry.id);
  }
}
