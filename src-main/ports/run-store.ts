import type { Brief } from '../contract/brief.ts';
import type { HistoryPage, HistoryQuery } from '../contract/endpoints.ts';
import type { BriefId, CommandId, ProjectId, RunId } from '../contract/ids.ts';
import type { NetworkEntry } from '../contract/network.ts';
import type { Landing } from '../contract/landing.ts';
import type { Project } from '../contract/project.ts';
import type { Progress, Run } from '../contract/run.ts';
import type { SealReceipt } from '../contract/secret.ts';
import { Failure } from './failure.ts';

/** The one thing that a store throws: diskFull, newerData, damagedData, dataHeld, or internal for a change that must not be stored. */
export class StoreFailure extends Failure {}

/** What happened to one thing, in the past tense; kept for ever. */
export interface RecordedEvent {
  readonly subject: string;
  readonly type: string;
  readonly data: unknown;
}

/** Everything that one command or one step of a run changes: committed in one transaction, or not at all. */
export interface Change {
  readonly at: number;
  readonly events: readonly RecordedEvent[];
  readonly projects?: readonly Project[];
  readonly briefs?: readonly Brief[];
  readonly runs?: readonly Run[];
  readonly landings?: readonly Landing[];
  readonly removedProjects?: readonly ProjectId[];
  readonly removedBriefs?: readonly BriefId[];
  readonly removedSnapshots?: readonly string[];
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Set for a client's command: a repeat with the same id is answered with `answer`. */
  readonly receipt?: { readonly command: CommandId; readonly answer: unknown };
}

/** A snapshot image known to the store. */
export interface SnapshotRecord {
  readonly key: string;
  readonly image: string;
  readonly tree: string;
  readonly projectId: ProjectId;
  readonly madeAt: number;
  /** What sealing it did; null where there was nothing to seal. */
  readonly receipt: SealReceipt | null;
  /** What its own layer takes; null: not measured. */
  readonly bytes: number | null;
}

/** A snapshot with what became of it. */
export interface KeptSnapshotRecord extends SnapshotRecord {
  /** Runs and tries that started from it. */
  readonly uses: number;
  readonly lastUsedAt: number | null;
}

/**
 * The durable record. Small keyed reads and commits are synchronous (a commit is one fsync); everything that grows with
 * data is asynchronous and runs in a worker thread.
 */
export interface RunStore {
  project(id: ProjectId): Project | null;
  projects(): Project[];
  brief(id: BriefId): Brief | null;
  briefByNumber(number: number): Brief | null;
  briefs(): Brief[];
  nextBriefNumber(): number;
  run(id: RunId): Run | null;
  runsOfBrief(id: BriefId): Run[];
  /** Runs that have not ended, oldest first. */
  unendedRuns(): Run[];
  landing(id: string): Landing | null;
  intendedLandings(): Landing[];
  setting(name: string): unknown;
  receipt(command: CommandId): { answer: unknown } | null;
  commit(change: Change): void;
  progress(id: RunId): Progress | null;
  /** Batched, not fsynced one by one: losing the last second of it is fine. */
  saveProgress(progress: readonly Progress[]): void;
  /** Keeps the end of a run's log, plain text of at most 64 KiB, as something the run is found by. Nothing happens for a run that is not known. */
  saveLogTail(run: RunId, text: string): void;
  /** Batched, as progress. An entry of the same kind of attempt is replaced; nothing happens for a run that is not known. */
  saveNetworkEntries(run: RunId, entries: readonly NetworkEntry[]): void;
  /** In the order of their first attempts. */
  networkEntries(run: RunId): NetworkEntry[];
  snapshot(key: string): SnapshotRecord | null;
  /** Newest first. */
  snapshots(): KeptSnapshotRecord[];
  saveSnapshot(record: SnapshotRecord): void;
  removeSnapshot(key: string): void;
  /** Fine when it is gone. */
  noteSnapshotBytes(key: string, bytes: number): void;
  /** Counts one more use at a time (ms). Fine when it is gone. */
  countSnapshotUse(key: string, at: number): void;
  /** Called after each commit with what it changed. Returns the way to stop. */
  onCommit(listener: (change: Change) => void): () => void;
  history(query: HistoryQuery): Promise<HistoryPage>;
  close(): Promise<void>;
}
