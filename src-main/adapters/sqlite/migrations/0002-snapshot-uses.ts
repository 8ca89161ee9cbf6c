import type { Migration } from './migration.ts';

/** How often a snapshot was started from, and when last. */
export const snapshotUses: Migration = {
  number: 2,
  name: 'snapshot uses',
  sql: `
ALTER TABLE snapshots ADD COLUMN uses INTEGER NOT NULL DEFAULT 0;
ALTER TABLE snapshots ADD COLUMN last_used_at INTEGER;
`,
};
