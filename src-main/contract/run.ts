import { z } from 'zod';
import { briefText } from './brief.ts';
import { briefId, commitId, instant, landingId, projectId, runId, treeId } from './ids.ts';
import { environment } from './project.ts';
import { checkOutcome, comment, committedBase, hunk, readied, result, workEnd } from './result.ts';
import { fault } from './fault.ts';
import { NETWORK_OFF, frozenNetwork } from './network.ts';
import { sealReceipt } from './secret.ts';

/** The steps of a turn, in their order, under the names of the run's states. */
export const phase = z.enum(['queued', 'preparing', 'settingUp', 'sealing', 'working', 'collecting', 'checking']);
export type Phase = z.infer<typeof phase>;

export const failureReason = z.discriminatedUnion('kind', [
  /** The phase's own command ended with another status than 0. */
  z.object({ kind: z.literal('commandFailed'), exitCode: z.number().int(), outOfMemory: z.boolean() }),
  /** Something of the machine: the engine, git, the disk. */
  z.object({ kind: z.literal('fault'), fault }),
]);
export type FailureReason = z.infer<typeof failureReason>;

const reviewable = z.object({ name: z.literal('reviewable') });
const failed = z.object({ name: z.literal('failed'), phase, reason: failureReason });
const timedOut = z.object({ name: z.literal('timedOut'), phase });
const lost = z.object({ name: z.literal('lost'), phase });

/** A check of a selection, asked for after the run had ended: the selection's tree, and what the run was, and when it had ended. */
export const recheck = z.object({
  tree: treeId,
  before: z.discriminatedUnion('name', [reviewable, failed, timedOut, lost]),
  endedAt: instant,
});
export type Recheck = z.infer<typeof recheck>;

/** An older snapshot of the same environment, but for its lock files, on which the maintenance script runs instead of setup. */
export const older = z.object({ key: z.string(), image: z.string(), tree: treeId });
export type Older = z.infer<typeof older>;

/** A run's state. Each carries only its own data; what outlives a phase is in the turn. */
export const runState = z.discriminatedUnion('name', [
  z.object({ name: z.literal('queued') }),
  z.object({ name: z.literal('preparing') }),
  z.object({ name: z.literal('settingUp'), upon: older.optional() }),
  /** `deleted`: hiding places of credentials that were cleared at the end of setup. */
  z.object({ name: z.literal('sealing'), deleted: z.array(z.string()).default([]), upon: older.optional() }),
  /** `container` is written before it is started: from then on no second one may ever be made. */
  z.object({ name: z.literal('working'), container: z.string().nullable() }),
  z.object({ name: z.literal('collecting') }),
  /** `container` as above, for the check that is under way; `logged`: bytes of the same check's output, by stream, from before this container; `readied`: what that was made from. */
  z.object({
    name: z.literal('checking'),
    container: z.string().nullable(),
    logged: z.object({ stdout: z.number().int(), stderr: z.number().int() }).optional(),
    readied: readied.optional(),
    recheck: recheck.optional(),
  }),
  reviewable,
  failed,
  z.object({ name: z.literal('cancelling'), phase, recheck: recheck.optional() }),
  z.object({ name: z.literal('cancelled'), phase }),
  timedOut,
  lost,
]);
export type RunState = z.infer<typeof runState>;
export type RunStateName = RunState['name'];

/**
 * The image a turn's containers are made from, and the tree that its workspace holds (null: no workspace in it). `receipt`: what
 * sealing searched and deleted, also where the snapshot was made by an earlier run; null where there was nothing to seal.
 */
export const snapshot = z.object({ key: z.string(), image: z.string(), tree: z.string().nullable(), reused: z.boolean(), receipt: sealReceipt.nullable().default(null) });
export type Snapshot = z.infer<typeof snapshot>;

/** One pass of a run. Facts are filled in as the phases make them. */
export const turn = z.object({
  number: z.number().int().positive(),
  base: committedBase.nullable(),
  snapshot: snapshot.nullable(),
  work: workEnd.nullable(),
  result: result.nullable(),
  /** Of the result, the base and every selection that was checked, in the order in which they ended. */
  checks: z.array(checkOutcome),
  /** Why the last check of a selection broke off. */
  checkProblem: failureReason.optional(),
});
export type Turn = z.infer<typeof turn>;

/** What a run was launched with, frozen: later edits of the brief or environment do not reach it. Only for whom it waits in the queue can be changed there. */
export const runOrder = z.object({
  text: briefText,
  environment,
  /** What its work phases may reach. */
  network: frozenNetwork.default(NETWORK_OFF),
});
export type RunOrder = z.infer<typeof runOrder>;

/** A delivered result. */
export const landed = z.object({ landing: landingId, how: z.string(), commit: commitId.nullable(), at: instant });

export const run = z.object({
  id: runId,
  briefId,
  projectId,
  /** First, second … attempt at the brief. */
  attempt: z.number().int().positive(),
  order: runOrder,
  state: runState,
  turns: z.array(turn).min(1),
  /** When each phase began. */
  times: z.partialRecord(z.string(), instant),
  queuedAt: instant,
  endedAt: instant.nullable(),
  /** Paths the user took out of the result. Renames are named by their new path. */
  excluded: z.array(z.string()),
  /** Hunks the user took out of files that stay in, by path. */
  excludedHunks: z.record(z.string(), z.array(z.string())).default({}),
  /** What the choice leaves out, by path: how many lines of the result's own counts it takes away, and which hunks of a file that stays in. */
  leftOut: z.record(z.string(), z.object({ additions: z.number().int(), deletions: z.number().int(), hunks: z.array(hunk).optional() })).optional(),
  /** Tree of the choice as it is now, known since its checks were asked for. */
  selectedTree: treeId.optional(),
  comments: z.array(comment).default([]),
  /** Paths the user has looked at, each with the blob that was seen (of the base where it was deleted): another blob is unseen. */
  viewed: z.record(z.string(), z.string()).default({}),
  /** Which of the brief's criteria a person has ticked. */
  criteriaMet: z.array(z.number().int().nonnegative()).default([]),
  landed: z.array(landed),
  seen: z.boolean(),
});
export type Run = z.infer<typeof run>;

/** What moves many times a second while a run works; projected in batches, never part of the run's history. */
export const progress = z.object({
  runId,
  /** Bytes in the current turn's log. */
  logLength: z.number().int(),
  logEnded: z.boolean(),
  /** Last non-empty line, control characters removed, at most 200 characters. */
  lastLine: z.string(),
  /** Waking time that the work phase has used. */
  workedMs: z.number().int(),
  /** What the work has touched so far, as the container says: for looking only. null: not known (yet). */
  touched: z.object({ files: z.number().int(), paths: z.array(z.string()).max(200) }).nullable().default(null),
  /** Attempts of the work phase to reach something, and how many of them were refused; absent: it had no network to ask. */
  network: z.object({ asked: z.number().int(), refused: z.number().int() }).optional(),
  /** When it was last counted: by the calendar, and in milliseconds since the machine's start that leave sleep out. */
  countedAt: z.object({ now: instant, awake: z.number() }).optional(),
});
export type Progress = z.infer<typeof progress>;
