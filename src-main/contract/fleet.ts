import { z } from 'zod';
import { brief } from './brief.ts';
import { fault } from './fault.ts';
import { briefId, instant, projectId, runId } from './ids.ts';
import { project } from './project.ts';
import { progress, run } from './run.ts';
import { settings } from './settings.ts';

/** The container engine as the service sees it. Down is a normal state. */
export const engineStatus = z.discriminatedUnion('state', [
  z.object({ state: z.literal('connecting') }),
  z.object({
    state: z.literal('up'),
    source: z.string(),
    version: z.string(),
    cpus: z.number(),
    memoryBytes: z.number(),
    architecture: z.string(),
  }),
  z.object({ state: z.literal('down'), since: instant, fault }),
]);
export type EngineStatus = z.infer<typeof engineStatus>;

/** Why a queued run does not start yet. */
export const waitingReason = z.object({
  kind: z.enum(['slots', 'memory', 'engine', 'paused', 'next', 'behind']),
  message: z.string(),
});
export type WaitingReason = z.infer<typeof waitingReason>;

/** One cause is one message: what stops a project's queue, or every queue (projectId null). */
export const pause = z.object({ projectId: projectId.nullable(), fault, since: instant });
export type Pause = z.infer<typeof pause>;

export const slots = z.object({ used: z.number().int(), total: z.number().int() });

/** Another brief that works, or has worked, in the same place. */
export const overlap = z.object({
  briefId,
  number: z.number().int(),
  /** `scope`: the globs in play match the same files; `files`: both have changed the same files. */
  kind: z.enum(['scope', 'files']),
  /** How many paths they share, and the first of them. */
  count: z.number().int(),
  paths: z.array(z.string()).max(20),
});
export type Overlap = z.infer<typeof overlap>;

export const fleetState = z.object({
  projects: z.array(project),
  briefs: z.array(brief),
  /** The current run of each brief. */
  runs: z.array(run),
  progress: z.array(progress),
  waiting: z.record(z.string(), waitingReason),
  pauses: z.array(pause),
  engine: engineStatus,
  slots,
  settings,
  /** By brief; a brief that meets no other is absent. */
  overlaps: z.record(z.string(), z.array(overlap)).default({}),
});
export type FleetState = z.infer<typeof fleetState>;

export const fleetChange = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('project'), project }),
  z.object({ kind: z.literal('projectRemoved'), id: projectId }),
  z.object({ kind: z.literal('brief'), brief }),
  z.object({ kind: z.literal('briefRemoved'), id: briefId }),
  z.object({ kind: z.literal('run'), run }),
  z.object({ kind: z.literal('runRemoved'), id: runId }),
  z.object({ kind: z.literal('progress'), progress }),
  z.object({ kind: z.literal('waiting'), waiting: z.record(z.string(), waitingReason) }),
  z.object({ kind: z.literal('pauses'), pauses: z.array(pause) }),
  z.object({ kind: z.literal('engine'), engine: engineStatus }),
  z.object({ kind: z.literal('slots'), slots }),
  z.object({ kind: z.literal('settings'), settings }),
  z.object({ kind: z.literal('overlap'), id: briefId, overlaps: z.array(overlap) }),
]);
export type FleetChange = z.infer<typeof fleetChange>;

/**
 * A live answer: the whole once, then what changed, each with its sequence number. A client that comes back with
 * the last number it saw gets what it missed, or a new snapshot when that is no longer held.
 */
export const fleetUpdate = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('snapshot'), sequence: z.number().int(), service: z.string(), state: fleetState }),
  z.object({ kind: z.literal('delta'), sequence: z.number().int(), changes: z.array(fleetChange) }),
]);
export type FleetUpdate = z.infer<typeof fleetUpdate>;
