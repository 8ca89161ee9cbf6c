import type { DiskStep } from '../../contract/disk.ts';
import type { ProjectId, RunId } from '../../contract/ids.ts';

const DAY_MS = 86_400_000;

/** A lighter log is not worth what a person could still want to read in it. A line that says that a log was removed is lighter. */
const LEAST_LOG_BYTES = 16 * 1024;
/** Briefs of two branches may need two images in turn; one that is made again costs minutes. */
const KEEP_IMAGES_DAYS = 30;
/** Rewriting a store of objects for less is not worth its time. */
const LEAST_OBJECT_BYTES = 2 ** 20;

export interface HeldSnapshot {
  readonly key: string;
  readonly projectId: ProjectId;
  /** null: not known. */
  readonly bytes: number | null;
  readonly madeAt: number;
  readonly lastUsedAt: number | null;
  /** A run under way starts from it. */
  readonly inUse: boolean;
  /** Results that wait for a decision and are checked in it. */
  readonly neededBy: number;
}

/** Made from a project's Dockerfile. */
export interface HeldImage {
  /** The engine's. */
  readonly id: string;
  /** Its names: Dockerfiles that differ in a comment make one image. */
  readonly references: readonly [string, ...string[]];
  /** The project may be removed by now. */
  readonly projectId: ProjectId;
  /** What no newer one has too; null: not known. */
  readonly bytes: number | null;
  readonly madeAt: number;
  readonly inUse: boolean;
  /** Whether its project is there and names a Dockerfile. */
  readonly isNamed: boolean;
}

export interface HeldLog {
  readonly runId: RunId;
  readonly bytes: number;
  readonly endedAt: number;
  /** `kept`: its result, or what it failed of, is not decided. */
  readonly fate: 'kept' | 'landed' | 'removed';
}

export interface Holdings {
  readonly snapshots: readonly HeldSnapshot[];
  readonly images: readonly HeldImage[];
  readonly logs: readonly HeldLog[];
  /** Containers of runs that have ended, or that nobody knows. */
  readonly containers: readonly { readonly id: string; readonly name: string; readonly bytes: number | null }[];
  /** What of a project's stored objects nothing refers to, for long enough. */
  readonly objects: readonly { readonly projectId: ProjectId; readonly bytes: number }[];
}

export interface CollectionRule {
  readonly now: number;
  readonly budgetBytes: number;
  readonly keepLogsDays: number;
  /** Days after which a snapshot that nobody used is offered for removal, budget or not; null: only the budget counts. */
  readonly unusedDays: number | null;
}

export interface CollectionPlan {
  readonly steps: readonly DiskStep[];
  /** What is known to become free. */
  readonly freesBytes: number;
  /** What snapshots take beyond the budget after it. */
  readonly overBudgetBytes: number;
}

const unusedSince = ({ lastUsedAt, madeAt }: HeldSnapshot): number => lastUsedAt ?? madeAt;

/** Those that may go, the one used longest ago first. A result that waits must stay checkable, so what it is checked in stays. */
const evictable = (snapshots: readonly HeldSnapshot[]): HeldSnapshot[] =>
  snapshots
    .filter(({ inUse, neededBy }) => !inUse && neededBy === 0)
    .toSorted((a, b) => unusedSince(a) - unusedSince(b) || (a.key < b.key ? -1 : 1));

const snapshotSteps = (snapshots: readonly HeldSnapshot[], { now, budgetBytes, unusedDays }: CollectionRule): { steps: DiskStep[]; over: number } => {
  let over = snapshots.reduce((sum, { bytes }) => sum + (bytes ?? 0), -budgetBytes);
  const steps: DiskStep[] = [];
  for (const snapshot of evictable(snapshots)) {
    const isOver = over > 0;
    const isUnused = unusedDays !== null && now - unusedSince(snapshot) >= unusedDays * DAY_MS;
    if (!isOver && !isUnused) continue;
    const { key, projectId, bytes } = snapshot;
    steps.push({ kind: 'snapshot', id: `snapshot:${key}`, key, projectId, bytes, unusedSince: unusedSince(snapshot), because: isOver ? 'overBudget' : 'unused', automatic: isOver });
    over -= bytes ?? 0;
  }
  return { steps, over: Math.max(0, over) };
};

const imageSteps = (images: readonly HeldImage[], now: number): DiskStep[] =>
  images
    .filter(({ inUse }) => !inUse)
    .toSorted((a, b) => a.madeAt - b.madeAt || (a.id < b.id ? -1 : 1))
    .map(({ id, references: [reference], projectId, bytes, madeAt, isNamed }) => ({
      kind: 'image', id: `image:${id}`, reference, projectId, bytes, madeAt, because: isNamed ? 'replaced' : 'unneeded', automatic: now - madeAt >= KEEP_IMAGES_DAYS * DAY_MS,
    }));

const logSteps = (logs: readonly HeldLog[], { now, keepLogsDays }: CollectionRule): DiskStep[] =>
  logs
    .filter(({ bytes, endedAt }) => bytes >= LEAST_LOG_BYTES && now - endedAt >= keepLogsDays * DAY_MS)
    .toSorted((a, b) => a.endedAt - b.endedAt || (a.runId < b.runId ? -1 : 1))
    .flatMap(({ runId, bytes, endedAt, fate }) => (fate === 'kept' ? [] : [{ kind: 'log' as const, id: `log:${runId}`, runId, bytes, endedAt, because: fate, automatic: true }]));

/**
 * What may be removed and what that frees. Never among it: a result, its base, its evidence, the log of a run that is not
 * decided, a snapshot or an image that a run uses or a waiting result is checked in.
 */
export const planCollection = (holdings: Holdings, rule: CollectionRule): CollectionPlan => {
  const { steps: snapshots, over } = snapshotSteps(holdings.snapshots, rule);
  const steps: DiskStep[] = [
    ...snapshots,
    ...imageSteps(holdings.images, rule.now),
    ...logSteps(holdings.logs, rule),
    ...holdings.containers.map(({ id, name, bytes }) => ({ kind: 'container' as const, id: `container:${id}`, name, bytes, automatic: true })),
    ...holdings.objects
      .filter(({ bytes }) => bytes >= LEAST_OBJECT_BYTES)
      .map(({ projectId, bytes }) => ({ kind: 'objects' as const, id: `objects:${projectId}`, projectId, bytes, automatic: true })),
  ];
  return { steps, freesBytes: steps.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0), overBudgetBytes: over };
};
