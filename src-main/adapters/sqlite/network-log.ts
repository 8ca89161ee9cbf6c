import type Database from 'better-sqlite3';
import { networkEntry, type NetworkEntry } from '../../contract/network.ts';
import type { RunId } from '../../contract/ids.ts';
import { entryPlace } from '../../domain/network/entry-place.ts';

/** What runs asked of the network. An entry that is saved again replaces the one of its kind. */
export const networkLog = (database: Database.Database): { save(run: RunId, entries: readonly NetworkEntry[]): void; read(run: RunId): NetworkEntry[] } => {
  const put = database.prepare(
    `INSERT INTO network_entries (run_id, place, document) SELECT @run, @place, @document WHERE EXISTS (SELECT 1 FROM runs WHERE id = @run)
     ON CONFLICT (run_id, place) DO UPDATE SET document = excluded.document`,
  );
  const get = database.prepare<[string], string>('SELECT document FROM network_entries WHERE run_id = ?').pluck();
  const save = database.transaction((run: RunId, entries: readonly NetworkEntry[]) => {
    for (const entry of entries) put.run({ run, place: entryPlace(entry), document: JSON.stringify(entry) });
  });
  return {
    // As with progress, without an fsync of its own: the last moments may be lost to a power cut.
    save: (run, entries) => {
      database.pragma('synchronous = NORMAL');
      try {
        save.immediate(run, entries);
      } finally {
        database.pragma('synchronous = FULL');
      }
    },
    read: (run) => get.all(run).map((document) => networkEntry.parse(JSON.parse(document))).toSorted((a, b) => a.at - b.at),
  };
};
