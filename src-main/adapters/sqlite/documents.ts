import type { z } from 'zod';
import { StoreFailure } from '../../ports/run-store.ts';

const freeze = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) freeze(part);
  }
  return value;
};

/**
 * Documents of one kind: JSON in the database, objects that fit their schema outside of it. Answers are frozen and
 * shared, so that a hot read costs a map lookup; at most `capacity` are kept, the longest kept go first.
 */
export class Documents<T> {
  readonly #kind: string;
  readonly #schema: z.ZodType<T>;
  readonly #capacity: number;
  readonly #kept = new Map<string, T>();

  constructor(kind: string, schema: z.ZodType<T>, capacity: number) {
    this.#kind = kind;
    this.#schema = schema;
    this.#capacity = capacity;
  }

  /** Checks a document before it is stored: what does not fit its schema would be a damaged row later. */
  checked(id: string, document: T): { value: T; json: string } {
    const parsed = this.#schema.safeParse(document);
    if (!parsed.success) {
      throw new StoreFailure({
        code: 'internal',
        message: `The ${this.#kind} ${id} does not fit its schema: ${parsed.error.message}`,
        next: 'Report this with the text above. Nothing was stored.',
        detail: { kind: this.#kind, id },
      });
    }
    return { value: parsed.data, json: JSON.stringify(parsed.data) };
  }

  /** Keeps what was stored. Call it after the commit only. */
  keep(id: string, value: T): T {
    this.#kept.delete(id);
    this.#kept.set(id, freeze(value));
    if (this.#kept.size > this.#capacity) {
      const oldest = this.#kept.keys().next();
      if (!oldest.done) this.#kept.delete(oldest.value);
    }
    return value;
  }

  drop(id: string): void {
    this.#kept.delete(id);
  }

  dropAll(): void {
    this.#kept.clear();
  }

  kept(id: string): T | undefined {
    return this.#kept.get(id);
  }

  /** Throws damagedData, which names the row, when it is no JSON or does not fit the schema. */
  parsed(id: string, json: string): T {
    const kept = this.#kept.get(id);
    if (kept !== undefined) return kept;
    let raw: unknown;
    try {
      raw = JSON.parse(json);
    } catch (error) {
      throw this.#damaged(id, 'it is no JSON', error);
    }
    const parsed = this.#schema.safeParse(raw);
    if (!parsed.success) throw this.#damaged(id, parsed.error.message, parsed.error);
    return this.keep(id, parsed.data);
  }

  #damaged(id: string, why: string, cause: unknown): StoreFailure {
    return new StoreFailure(
      {
        code: 'damagedData',
        message: `The stored ${this.#kind} ${id} cannot be read: ${why}`,
        next: 'Everything else still works. Restore the newest backup if you need it, or remove it.',
        detail: { kind: this.#kind, id },
      },
      { cause },
    );
  }
}
