import type { Migration } from './migration.ts';

/**
 * What a run came to, for the lists of the history: beside the runs, because a column added to them would lie behind the
 * document, whose pages would have to be read for it. And the end of its log, deflated, as one of the things it is found by.
 */
export const historyRows: Migration = {
  number: 3,
  name: 'history rows',
  sql: `
CREATE TABLE outcomes (
  sequence INTEGER PRIMARY KEY,
  files INTEGER NOT NULL,
  additions INTEGER NOT NULL,
  deletions INTEGER NOT NULL,
  landed INTEGER NOT NULL
) STRICT;
INSERT INTO outcomes
SELECT sequence,
  CAST(coalesce(json_extract(document, '$.turns[#-1].result.files'), 0) AS INTEGER),
  CAST(coalesce(json_extract(document, '$.turns[#-1].result.additions'), 0) AS INTEGER),
  CAST(coalesce(json_extract(document, '$.turns[#-1].result.deletions'), 0) AS INTEGER),
  coalesce(json_array_length(document, '$.landed'), 0) > 0
FROM runs WHERE json_valid(document);

CREATE TABLE log_tails (
  sequence INTEGER PRIMARY KEY REFERENCES runs (sequence),
  text BLOB NOT NULL
) STRICT;
`,
};
