import { createHash } from 'node:crypto';

/** One step of the schema. Immutable once released: its hash is recorded where it was applied, and verified. */
export interface Migration {
  /** Counts up from 1 without a gap. */
  readonly number: number;
  readonly name: string;
  /** SQL only: a function's text changes when it is bundled, its hash would too. */
  readonly sql: string;
}

/** What is recorded of an applied migration, so that a changed one is noticed. */
export const hashOf = (migration: Migration): string =>
  createHash('sha256').update(`${migration.number}\n${migration.name}\n${migration.sql}`).digest('hex');
