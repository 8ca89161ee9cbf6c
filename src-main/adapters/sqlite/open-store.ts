import { mkdirSync } from 'node:fs';
import type { HistoryQuery } from '../../contract/endpoints.ts';
import type { RunId } from '../../contract/ids.ts';
import type { Progress } from '../../contract/run.ts';
import type { Change, RunStore, SnapshotRecord } from '../../ports/run-store.ts';
import { noFaultPoint, type FaultPoint } from '../../ports/surroundings.ts';
import { changeWriter } from './commit-change.ts';
import type { Migration } from './migrations/migration.ts';
import { released } from './migrations/released.ts';
import { networkLog } from './network-log.ts';
import { prepareDatabase } from './prepare-database.ts';
import { QueryClient } from './query-client.ts';
import { documentReader, type Guard, type OnDamaged } from './read-documents.ts';
import { logTailWriter } from './save-log-tail.ts';
import { progressWriter } from './save-progress.ts';
import { storeFailure } from './store-fault.ts';
import { StoredDocuments } from './stored-documents.ts';

export interface StoreOptions {
  /** The data directory; claim it first, one process at a time may write. */
  readonly directory: string;
  readonly faultPoint?: FaultPoint;
  /** Told once of each damaged row that a list had to leave out. */
  readonly onDamaged?: OnDamaged;
  readonly migrations?: readonly Migration[];
  /** Milliseconds since 1970: names a backup and dates a migration. */
  readonly now?: () => number;
}

/** Opens the durable record of a data directory. Throws StoreFailure: newerData, damagedData, diskFull. */
export const openStore = ({
  directory,
  faultPoint = noFaultPoint,
  onDamaged = () => {},
  migrations = released,
  now = Date.now,
}: StoreOptions): RunStore => {
  const guarded: Guard = <Arguments extends unknown[], Answer>(run: (...given: Arguments) => Answer) =>
    (...given: Arguments): Answer => {
      try {
        return run(...given);
      } catch (error) {
        throw storeFailure(error, directory);
      }
    };
  return guarded(() => {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const database = prepareDatabase({ directory, migrations, now: now(), faultPoint });
    const documents = new StoredDocuments();
    const write = guarded(changeWriter(database, documents));
    const read = documentReader(database, documents, guarded, onDamaged);
    const queries = new QueryClient(directory);
    const listeners = new Set<(change: Change) => void>();
    const putSnapshot = database.prepare(
      `INSERT INTO snapshots (key, image, tree, project_id, made_at, receipt, bytes) VALUES (@key, @image, @tree, @projectId, @madeAt, @receipt, @bytes)
       ON CONFLICT (key) DO UPDATE SET image = excluded.image, tree = excluded.tree, project_id = excluded.project_id, made_at = excluded.made_at, receipt = excluded.receipt, bytes = excluded.bytes`,
    );
    const dropSnapshot = database.prepare('DELETE FROM snapshots WHERE key = ?');
    const weighSnapshot = database.prepare('UPDATE snapshots SET bytes = ? WHERE key = ?');
    const useSnapshot = database.prepare('UPDATE snapshots SET uses = uses + 1, last_used_at = ? WHERE key = ?');
    const saveProgress = progressWriter(database);
    const saveTail = logTailWriter(database);
    const network = networkLog(database);

    /** A listener that fails must not make a durable commit look undone: the others are called, its error surfaces by itself. */
    const tell = (change: Change): void => {
      for (const listener of [...listeners]) {
        try {
          listener(change);
        } catch (error) {
          queueMicrotask(() => {
            throw error;
          });
        }
      }
    };

    return {
      ...read,
      commit: (change: Change): void => {
        faultPoint('before:store.commit');
        const then = write(change);
        faultPoint('after:store.commit');
        for (const step of then) step();
        tell(change);
      },
      saveProgress: guarded((progress: readonly Progress[]) => saveProgress(progress)),
      saveLogTail: guarded((run: RunId, text: string): void => {
        faultPoint('before:store.logTail');
        saveTail(run, text);
        faultPoint('after:store.logTail');
      }),
      saveSnapshot: guarded((record: SnapshotRecord): void => {
        faultPoint('before:store.snapshot');
        putSnapshot.run({ ...record, receipt: record.receipt === null ? null : JSON.stringify(record.receipt) });
        faultPoint('after:store.snapshot');
      }),
      saveNetworkEntries: guarded(network.save),
      networkEntries: guarded(network.read),
      removeSnapshot: guarded((key: string): void => {
        dropSnapshot.run(key);
      }),
      noteSnapshotBytes: guarded((key: string, bytes: number): void => {
        weighSnapshot.run(bytes, key);
      }),
      countSnapshotUse: guarded((key: string, at: number): void => {
        useSnapshot.run(at, key);
      }),
      onCommit: (listener: (change: Change) => void) => {
        listeners.add(listener);
        return () => {
          listeners.delete(listener);
        };
      },
      history: (query: HistoryQuery) => queries.history(query),
      close: async (): Promise<void> => {
        await queries.close();
        database.close();
      },
    };
  })();
};
