import type Database from 'better-sqlite3';
import type { Progress } from '../../contract/run.ts';

/**
 * One transaction for all runs, without an fsync: NORMAL leaves it in the WAL, where a killed process loses nothing and
 * a power cut the last moments at most. The next commit takes it to the disk along with its own pages.
 */
export const progressWriter = (database: Database.Database) => {
  const save = database.prepare(
    `INSERT INTO progress (run_id, document) SELECT id, @document FROM runs WHERE id = @id
     ON CONFLICT (run_id) DO UPDATE SET document = excluded.document`,
  );
  const saveAll = database.transaction((all: readonly Progress[]) => {
    for (const one of all) save.run({ id: one.runId, document: JSON.stringify(one) });
  });
  return (all: readonly Progress[]): void => {
    if (all.length === 0) return;
    database.pragma('synchronous = NORMAL');
    try {
      saveAll.immediate(all);
    } finally {
      database.pragma('synchronous = FULL');
    }
  };
};
