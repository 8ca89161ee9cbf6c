import { sealReceipt } from '../../contract/secret.ts';
import type Database from 'better-sqlite3';
import type { BriefId, CommandId, ProjectId, RunId } from '../../contract/ids.ts';
import { progress } from '../../contract/run.ts';
import { StoreFailure, type KeptSnapshotRecord, type SnapshotRecord } from '../../ports/run-store.ts';
import { Documents } from './documents.ts';
import type { StoredDocuments } from './stored-documents.ts';

interface Row {
  readonly id: string;
  readonly document: string;
}

/** Called for each row that a list leaves out because it cannot be read: one damaged row must not hide the others. */
export type OnDamaged = (failure: StoreFailure) => void;

/** Turns what a function throws into a StoreFailure. */
export type Guard = <Arguments extends unknown[], Answer>(run: (...given: Arguments) => Answer) => (...given: Arguments) => Answer;

/** The small keyed reads. A single one throws damagedData for a damaged row, a list leaves it out and reports it. */
export const documentReader = (database: Database.Database, documents: StoredDocuments, guarded: Guard, onDamaged: OnDamaged) => {
  const reported = new Set<string>();
  const one = <T>(kind: Documents<T>, sql: string) => {
    const statement = database.prepare<[string | number], Row>(sql);
    return guarded((key: string | number): T | null => {
      const kept = typeof key === 'string' ? kind.kept(key) : undefined;
      if (kept !== undefined) return kept;
      const row = statement.get(key);
      return row === undefined ? null : kind.parsed(row.id, row.document);
    });
  };
  const readable = <T>(kind: Documents<T>, rows: readonly Row[]): T[] =>
    rows.flatMap((row) => {
      try {
        return [kind.parsed(row.id, row.document)];
      } catch (error) {
        if (!(error instanceof StoreFailure)) throw error;
        if (!reported.has(row.id)) {
          reported.add(row.id);
          onDamaged(error);
        }
        return [];
      }
    });
  const many = <T>(kind: Documents<T>, sql: string) => {
    const statement = database.prepare<string[], Row>(sql);
    return guarded((...keys: string[]): T[] => readable(kind, statement.all(...keys)));
  };

  const projectById = one(documents.projects, 'SELECT id, document FROM projects WHERE id = ?');
  const briefById = one(documents.briefs, 'SELECT id, document FROM briefs WHERE id = ?');
  const runById = one(documents.runs, 'SELECT id, document FROM runs WHERE id = ?');
  const runsOfBrief = many(documents.runs, 'SELECT id, document FROM runs WHERE brief_id = ? ORDER BY attempt, sequence');
  const setting = database.prepare<[string], string>('SELECT value FROM settings WHERE name = ?').pluck();
  const receipt = database.prepare<[string], string>('SELECT answer FROM receipts WHERE command = ?').pluck();
  const lastNumber = database.prepare<[], number>("SELECT value FROM counters WHERE name = 'briefNumber'").pluck();
  const progresses = new Documents('progress', progress, 0);
  const progressById = database.prepare<[string], string>('SELECT document FROM progress WHERE run_id = ?').pluck();
  type InRow<T extends SnapshotRecord> = Omit<T, 'receipt'> & { readonly receipt: string | null };
  const withReceipt = <T extends SnapshotRecord>(row: InRow<T>): T => ({ ...row, receipt: row.receipt === null ? null : sealReceipt.parse(JSON.parse(row.receipt)) }) as T;
  const snapshot = database.prepare<[string], InRow<SnapshotRecord>>(
    'SELECT key, image, tree, project_id AS projectId, made_at AS madeAt, receipt, bytes FROM snapshots WHERE key = ?',
  );
  const snapshots = database.prepare<[], InRow<KeptSnapshotRecord>>(
    'SELECT key, image, tree, project_id AS projectId, made_at AS madeAt, receipt, bytes, uses, last_used_at AS lastUsedAt FROM snapshots ORDER BY made_at DESC, key',
  );

  return {
    project: (id: ProjectId) => projectById(id),
    projects: many(documents.projects, 'SELECT id, document FROM projects ORDER BY sequence'),
    brief: (id: BriefId) => briefById(id),
    briefByNumber: one(documents.briefs, 'SELECT id, document FROM briefs WHERE number = ?'),
    briefs: many(documents.briefs, 'SELECT id, document FROM briefs ORDER BY number'),
    nextBriefNumber: guarded(() => (lastNumber.get() ?? 0) + 1),
    run: (id: RunId) => runById(id),
    runsOfBrief: (id: BriefId) => runsOfBrief(id),
    unendedRuns: many(documents.runs, 'SELECT id, document FROM runs WHERE ended_at IS NULL ORDER BY queued_at, sequence'),
    landing: one(documents.landings, 'SELECT id, document FROM landings WHERE id = ?'),
    intendedLandings: many(documents.landings, "SELECT id, document FROM landings WHERE state = 'intended' ORDER BY sequence"),
    setting: guarded((name: string): unknown => {
      const value = setting.get(name);
      return value === undefined ? undefined : JSON.parse(value);
    }),
    receipt: guarded((command: CommandId): { answer: unknown } | null => {
      const answer = receipt.get(command);
      return answer === undefined ? null : { answer: JSON.parse(answer) };
    }),
    progress: guarded((id: RunId) => {
      const document = progressById.get(id);
      return document === undefined ? null : progresses.parsed(id, document);
    }),
    snapshot: guarded((key: string) => {
      const row = snapshot.get(key);
      return row === undefined ? null : withReceipt<SnapshotRecord>(row);
    }),
    snapshots: guarded(() => snapshots.all().map((row) => withReceipt<KeptSnapshotRecord>(row))),
  };
};
