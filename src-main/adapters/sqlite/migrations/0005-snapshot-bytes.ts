import type { Migration } from './migration.ts';

/** What a snapshot's own layer takes, so that a disk budget can be kept without asking the engine. NULL: not measured. */
export const snapshotBytes: Migration = {
  number: 5,
  name: 'snapshot bytes',
  sql: `
ALTER TABLE snapshots ADD COLUMN bytes INTEGER;
`,
};
