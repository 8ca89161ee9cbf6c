import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { baseChoice, brief, briefText, column } from './brief.ts';
import { fault } from './fault.ts';
import { engineStatus, fleetUpdate, slots } from './fleet.ts';
import { blobId, briefId, commandId, commitId, instant, projectId, runId, treeId } from './ids.ts';
import { landingPreview, landingReceipt, landingTarget } from './landing.ts';
import { LOG_READ_LIMIT, logSlice } from './log.ts';
import { environment, project, relativeFolder, repositoryFacts } from './project.ts';
import { evidence, fileChange } from './result.ts';
import { run } from './run.ts';

/**
 * The one contract. Adding a call is a schema here and a handler in the wire; every client, server and check
 * derives from it. Every refusal is the typed error FAULT with a `Fault` as its data. Every mutating call carries
 * a `commandId` made by the client: repeated, it is answered with the stored receipt.
 */
const base = oc.errors({ FAULT: { status: 422, message: 'refused', data: fault } });

const call = <In extends z.ZodType, Out extends z.ZodType>(input: In, output: Out) => base.input(input).output(output);

const nothing = z.object({});
const done = z.object({});

export const readiness = z.object({
  ready: z.boolean(),
  items: z.array(z.object({ name: z.string(), ok: z.boolean(), message: z.string() })),
});
export type Readiness = z.infer<typeof readiness>;

export const doctorReport = z.object({
  ok: z.boolean(),
  items: z.array(
    z.object({ name: z.string(), state: z.enum(['ok', 'warning', 'missing']), message: z.string(), next: z.string() }),
  ),
});
export type DoctorReport = z.infer<typeof doctorReport>;

export const runChanges = z.object({
  base: commitId,
  result: commitId,
  files: z.array(fileChange),
  /** True when the list was cut; the totals in the run's result are whole. */
  truncated: z.boolean(),
  excluded: z.array(z.string()),
});
export type RunChanges = z.infer<typeof runChanges>;

export const fileContent = z.object({
  /** base64; null when the file is larger than what one answer carries. */
  bytes: z.string().nullable(),
  size: z.number().int(),
  binary: z.boolean(),
});
export type FileContent = z.infer<typeof fileContent>;

export const historyQuery = z.object({
  projectId: projectId.optional(),
  text: z.string().max(1_000).optional(),
  states: z.array(z.string()).optional(),
  before: instant.optional(),
  limit: z.number().int().min(1).max(500).default(100),
});
export type HistoryQuery = z.infer<typeof historyQuery>;

export const historyPage = z.object({
  runs: z.array(
    z.object({
      runId,
      briefId,
      projectId,
      number: z.number().int(),
      attempt: z.number().int(),
      goal: z.string(),
      state: z.string(),
      queuedAt: instant,
      endedAt: instant.nullable(),
    }),
  ),
});
export type HistoryPage = z.infer<typeof historyPage>;

export const contract = {
  service: {
    hello: call(nothing, z.object({ version: z.string(), dataDirectory: z.string(), pid: z.number().int() })),
    engine: call(nothing, z.object({ engine: engineStatus, slots })),
    /** Looks for the engine again at once. */
    reconnectEngine: call(nothing, done),
    doctor: call(nothing, doctorReport),
    setSlots: call(z.object({ commandId, slots: z.number().int().min(1).max(64).nullable() }), done),
  },
  /** The live picture of everything on the board. */
  fleet: { watch: base.input(nothing).output(eventIterator(fleetUpdate)) },
  projects: {
    inspect: call(z.object({ path: z.string().min(1).max(4096) }), repositoryFacts),
    add: call(z.object({ commandId, path: z.string().min(1).max(4096) }), project),
    addSample: call(z.object({ commandId }), project),
    remove: call(z.object({ commandId, projectId }), done),
    list: call(nothing, z.array(project)),
    facts: call(z.object({ projectId }), repositoryFacts),
    /** Environment that the repository's own files suggest. */
    propose: call(
      z.object({ projectId, workingDirectory: relativeFolder.default('') }),
      z.object({ environment, reasons: z.array(z.string()), checks: z.array(z.string()) }),
    ),
    setEnvironment: call(z.object({ commandId, projectId, environment }), project),
  },
  briefs: {
    create: call(z.object({ commandId, projectId, text: briefText }), brief),
    edit: call(z.object({ commandId, briefId, text: briefText }), brief),
    remove: call(z.object({ commandId, briefId }), done),
    get: call(z.object({ briefId }), brief),
    find: call(z.object({ number: z.number().int().positive() }), brief),
    readiness: call(z.object({ projectId, text: briefText }), readiness),
    exportFile: call(z.object({ briefId }), z.object({ markdown: z.string() })),
    importFile: call(z.object({ markdown: z.string().max(2_000_000) }), briefText),
    /** A drag: the column says what is wanted (queued launches, backlog cancels or sets aside, done closes). */
    move: call(
      z.object({ commandId, briefId, to: column, before: briefId.nullable(), confirmed: z.boolean().default(false) }),
      brief,
    ),
    launch: call(z.object({ commandId, briefId }), run),
  },
  runs: {
    get: call(z.object({ runId }), run),
    ofBrief: call(z.object({ briefId }), z.array(run)),
    cancel: call(z.object({ commandId, runId }), run),
    retry: call(z.object({ commandId, runId }), run),
    markSeen: call(z.object({ commandId, runId }), done),
    log: call(
      z.object({
        runId,
        turn: z.number().int().positive().default(1),
        offset: z.number().int().nonnegative(),
        max: z.number().int().min(1).max(LOG_READ_LIMIT).default(LOG_READ_LIMIT),
      }),
      logSlice,
    ),
    changes: call(z.object({ runId }), runChanges),
    file: call(z.object({ runId, blob: blobId }), fileContent),
    evidence: call(z.object({ runId }), evidence),
    /** Takes a path of the result in or out. The evidence then belongs to another tree and reads "not checked". */
    setIncluded: call(
      z.object({ commandId, runId, paths: z.array(z.string()).min(1).max(20_000), included: z.boolean() }),
      run,
    ),
    selection: call(z.object({ runId }), z.object({ tree: treeId, isResult: z.boolean() })),
    patch: call(z.object({ runId }), z.object({ patch: z.string() })),
    /** A private clone of the selected result in a new folder of the user's. */
    tryOut: call(z.object({ commandId, runId, into: z.string().max(4096).nullable() }), z.object({ path: z.string() })),
    previewLanding: call(z.object({ runId, target: landingTarget }), landingPreview),
    land: call(z.object({ commandId, runId, target: landingTarget, token: z.string() }), landingReceipt),
  },
  history: { query: call(historyQuery, historyPage) },
  bases: {
    /** Names the commit a choice stands for right now. */
    resolve: call(
      z.object({ projectId, base: baseChoice }),
      z.object({ commit: z.string(), description: z.string(), notes: z.array(z.string()) }),
    ),
  },
};
export type Contract = typeof contract;
