import { z } from 'zod';
import { instant, projectId, runId } from './ids.ts';

/** A file system that runs depend on. */
export const diskSpace = z.object({
  /** `data`: Drydock's own data; `engine`: the engine's images and containers, where they are on this machine. */
  holds: z.enum(['data', 'engine']),
  path: z.string(),
  freeBytes: z.number(),
  totalBytes: z.number(),
  /** Below this the queue waits. */
  floorBytes: z.number(),
  /** Below this whatever writes most is stopped. */
  stopBytes: z.number(),
});
export type DiskSpace = z.infer<typeof diskSpace>;

const step = { id: z.string(), /** What it frees; null: not known. */ bytes: z.number().nullable(), /** Whether Drydock does it by itself. */ automatic: z.boolean() };

/** One thing that can be removed. Nothing here is a result, or the only copy of anything. */
export const diskStep = z.discriminatedUnion('kind', [
  z.object({ ...step, kind: z.literal('snapshot'), key: z.string(), projectId, unusedSince: instant, because: z.enum(['overBudget', 'unused']) }),
  /** Made from a project's Dockerfile. `replaced`: a newer one was made for the project; `unneeded`: the project is removed, or names no Dockerfile any more. */
  z.object({ ...step, kind: z.literal('image'), reference: z.string(), projectId, madeAt: instant, because: z.enum(['replaced', 'unneeded']) }),
  z.object({ ...step, kind: z.literal('log'), runId, endedAt: instant, because: z.enum(['landed', 'removed']) }),
  /** A container of a run that has ended, or that nobody knows. */
  z.object({ ...step, kind: z.literal('container'), name: z.string() }),
  /** What no base, result or attachment that is kept is made of. */
  z.object({ ...step, kind: z.literal('objects'), projectId }),
]);
export type DiskStep = z.infer<typeof diskStep>;

const holding = z.object({ count: z.number().int(), bytes: z.number() });

/** What Drydock holds on disks, and what could be removed. */
export const diskReport = z.object({
  at: instant,
  spaces: z.array(diskSpace),
  holds: z.object({ snapshots: holding, images: holding, logs: holding, projects: holding, containers: holding }),
  budgetBytes: z.number(),
  /** What snapshots take beyond the budget after everything that may go has gone. */
  overBudgetBytes: z.number(),
  /** In words: `3.2 GiB: 2 snapshots not used for 40 days, 14 logs of landed runs`. Empty when there is nothing. */
  summary: z.string(),
  freesBytes: z.number(),
  steps: z.array(diskStep),
});
export type DiskReport = z.infer<typeof diskReport>;

export const diskFreed = z.object({
  freedBytes: z.number(),
  /** Steps that were carried out. */
  done: z.number().int(),
  /** Those that were not: used or needed by now, or gone already. */
  left: z.number().int(),
});
export type DiskFreed = z.infer<typeof diskFreed>;
