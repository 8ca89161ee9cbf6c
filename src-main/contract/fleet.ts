import { z } from 'zod';
import type { Brief, BriefText } from './brief.ts';
import { fault } from './fault.ts';
import { briefId, type BriefId, instant, projectId, type ProjectId, type RunId } from './ids.ts';
import type { Project } from './project.ts';
import type { Progress, Run, RunOrder } from './run.ts';
import type { Settings } from './settings.ts';
import type { SetupTry } from './setup-try.ts';

/** A weakness that was published of a version that is here, and what mends it. */
export const engineWarning = z.object({ id: z.string(), message: z.string(), next: z.string() });
export type EngineWarning = z.infer<typeof engineWarning>;

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
    /** Known weaknesses of its versions; absent: none that Drydock knows of. */
    warnings: z.array(engineWarning).optional(),
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
type Slots = z.infer<typeof slots>;

/** Another brief that works, or has worked, in the same place. */
export const overlap = z.object({
  briefId,
  number: z.number().int(),
  /** `scope`: the globs in play match the same files; `files`: both have changed the same files. */
  kind: z.enum(['scope', 'files']),
  /** How many paths they share, and the first of them. */
  count: z.number().int(),
  paths: z.array(z.string()).max(20),
  /** The branch that the other's result was landed on; the base that this one is for does not have it. Absent: the other is not landed. */
  landedOn: z.string().optional(),
});
export type Overlap = z.infer<typeof overlap>;

/** The live picture, as one whole. */
export interface FleetState {
  projects: Project[];
  briefs: Brief[];
  /** The current run of each brief. */
  runs: Run[];
  progress: Progress[];
  waiting: Record<string, WaitingReason>;
  pauses: Pause[];
  engine: EngineStatus;
  slots: Slots;
  settings: Settings;
  /** By brief; a brief that meets no other is absent. */
  overlaps: Record<string, Overlap[]>;
  /** Environments that are tried, one a project at most. */
  setupTries: SetupTry[];
  /** By project: containers that were made ahead and wait; a project without any is absent. */
  warm: Record<string, number>;
}

export type FleetChange =
  | { kind: 'project'; project: Project }
  | { kind: 'projectRemoved'; id: ProjectId }
  | { kind: 'brief'; brief: Brief }
  | { kind: 'briefRemoved'; id: BriefId }
  | { kind: 'run'; run: Run }
  | { kind: 'runRemoved'; id: RunId }
  | { kind: 'progress'; progress: Progress }
  | { kind: 'waiting'; waiting: Record<string, WaitingReason> }
  | { kind: 'pauses'; pauses: Pause[] }
  | { kind: 'engine'; engine: EngineStatus }
  | { kind: 'slots'; slots: Slots }
  | { kind: 'settings'; settings: Settings }
  | { kind: 'warm'; warm: Record<string, number> }
  | { kind: 'overlap'; id: BriefId; overlaps: Overlap[] }
  | { kind: 'setupTry'; setupTry: SetupTry }
  | { kind: 'setupTryRemoved'; id: ProjectId };

/**
 * A live answer: the whole once, then what changed, each with its sequence number. A client that comes back with
 * the last number it saw gets what it missed, or a new snapshot when that is no longer held.
 */
export type FleetUpdate =
  | { kind: 'snapshot'; sequence: number; service: string; state: FleetState }
  | { kind: 'delta'; sequence: number; changes: FleetChange[] };

/** A run as it travels: its brief's text where that is as it was ordered (null), and the place of what it shares with others. */
export type LightRun = Omit<Run, 'order'> & { order: { text: BriefText | null; shared: number } };

/** What travels: a snapshot's briefs and runs come in parts, ahead of the rest of it. */
export type FleetMessage = FleetUpdate | { kind: 'part'; briefs: Brief[]; runs: LightRun[]; shared: Array<Omit<RunOrder, 'text'>> };
