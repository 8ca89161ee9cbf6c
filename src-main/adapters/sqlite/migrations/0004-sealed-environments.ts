import type { Migration } from './migration.ts';

/** What sealing a snapshot searched and deleted; and what runs asked of the network, an entry for each kind of attempt. */
export const sealedEnvironments: Migration = {
  number: 4,
  name: 'sealed environments',
  sql: `
ALTER TABLE snapshots ADD COLUMN receipt TEXT;
CREATE TABLE network_entries (
  run_id TEXT NOT NULL REFERENCES runs (id),
  place TEXT NOT NULL,
  document TEXT NOT NULL,
  PRIMARY KEY (run_id, place)
) STRICT, WITHOUT ROWID;
`,
};
