import { z } from 'zod';
import { instant, projectId, runId, shellId } from './ids.ts';

/** One of Drydock's containers, measured. */
export const measuredContainer = z.object({
  id: z.string(),
  name: z.string(),
  runId: runId.nullable(),
  /** Its part in the run: setup, work, check-0-result …; of one that was made ahead of any run, warm-work or warm-relay. */
  role: z.string(),
  state: z.string(),
  startedAt: instant.nullable(),
  /** Cores in use; null until two readings are there. */
  cpus: z.number().nullable(),
  cpuLimit: z.number().nullable(),
  memoryBytes: z.number().nullable(),
  memoryLimit: z.number().nullable(),
  /** Bytes in its own writable layer; null while not known. */
  writtenBytes: z.number().nullable(),
  network: z.string(),
});
export type MeasuredContainer = z.infer<typeof measuredContainer>;

/** The fleet's weight on the machine, about every two seconds while somebody looks. */
export const measurement = z.object({
  at: instant,
  containers: z.array(measuredContainer),
  /** The engine's machine. */
  machine: z.object({ cpus: z.number(), memoryBytes: z.number() }).nullable(),
  disk: z.object({ freeBytes: z.number(), totalBytes: z.number() }),
});
export type Measurement = z.infer<typeof measurement>;

/** A sealed environment on this machine. */
export const keptSnapshot = z.object({
  key: z.string(),
  image: z.string(),
  projectId,
  madeAt: instant,
  lastUsedAt: instant.nullable(),
  uses: z.number().int(),
  /** What its removal frees: what setup wrote, without the image it started from. null: its image is gone or not known. */
  sizeBytes: z.number().nullable(),
  inUse: z.boolean(),
  /** Results in Review that are checked in it: while there are any it is not removed by itself. */
  neededBy: z.number().int(),
});
export type KeptSnapshot = z.infer<typeof keptSnapshot>;

/** A check tried on the base. `output` is base64. */
export const triedCheck = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('output'), bytes: z.string() }),
  z.object({ kind: z.literal('end'), exitCode: z.number().int().nullable(), timedOut: z.boolean(), durationMs: z.number().int() }),
]);
export type TriedCheck = z.infer<typeof triedCheck>;

/** What a shell in a container says. `bytes` is base64. */
export const shellEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('opened'), shell: shellId }),
  z.object({ kind: z.literal('output'), bytes: z.string() }),
  z.object({ kind: z.literal('ended'), exitCode: z.number().int().nullable() }),
]);
export type ShellEvent = z.infer<typeof shellEvent>;

/** What a run under way has changed so far, as its container says: for looking only, the result is what collecting finds. */
export const liveChanges = z.object({
  at: instant,
  files: z.array(z.object({ path: z.string(), kind: z.enum(['added', 'modified']), size: z.number().int() })),
  truncated: z.boolean(),
});
export type LiveChanges = z.infer<typeof liveChanges>;
