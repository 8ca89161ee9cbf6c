import type { Migration } from './migration.ts';

/**
 * Documents are JSON in the last column, so that reading the key columns before it never touches their pages.
 * Runs refer to no brief or project row: those may be removed, history stays.
 * `sequence` is explicit: implicit row ids may change in a VACUUM, and order of arrival must not.
 */
export const first: Migration = {
  number: 1,
  name: 'first',
  sql: `
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO facts VALUES ('lineage', lower(hex(randomblob(16))));
CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO counters VALUES ('briefNumber', 0), ('change', 0);

CREATE TABLE projects (
  sequence INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  document TEXT NOT NULL
) STRICT;

CREATE TABLE briefs (
  sequence INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  project_id TEXT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
  number INTEGER NOT NULL UNIQUE,
  document TEXT NOT NULL
) STRICT;
CREATE INDEX briefs_of_project ON briefs (project_id);

CREATE TABLE runs (
  sequence INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  brief_id TEXT NOT NULL,
  project_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  state TEXT NOT NULL,
  queued_at INTEGER NOT NULL,
  ended_at INTEGER,
  change INTEGER NOT NULL,
  goal TEXT NOT NULL,
  document TEXT NOT NULL
) STRICT;
CREATE INDEX runs_of_brief ON runs (brief_id, attempt);
CREATE INDEX runs_by_time ON runs (queued_at);
CREATE INDEX runs_of_project_by_time ON runs (project_id, queued_at);
CREATE INDEX runs_by_change ON runs (change);
CREATE INDEX runs_unended ON runs (queued_at) WHERE ended_at IS NULL;

CREATE TABLE landings (
  sequence INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  run_id TEXT NOT NULL REFERENCES runs (id),
  state TEXT NOT NULL,
  document TEXT NOT NULL
) STRICT;
CREATE INDEX landings_of_run ON landings (run_id);
CREATE INDEX landings_intended ON landings (sequence) WHERE state = 'intended';

CREATE TABLE events (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  subject TEXT NOT NULL,
  type TEXT NOT NULL,
  data TEXT NOT NULL
) STRICT;
CREATE INDEX events_of_subject ON events (subject);

CREATE TABLE receipts (command TEXT PRIMARY KEY, at INTEGER NOT NULL, answer TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE progress (
  run_id TEXT PRIMARY KEY REFERENCES runs (id),
  document TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE snapshots (
  key TEXT PRIMARY KEY,
  image TEXT NOT NULL,
  tree TEXT NOT NULL,
  project_id TEXT NOT NULL,
  made_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`,
};
