import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { attachment, baseChoice, brief, briefText, check, column } from './brief.ts';
import { fault } from './fault.ts';
import { engineStatus, fleetUpdate, slots } from './fleet.ts';
import { blobId, briefId, commandId, commentId, commitId, instant, projectId, runId, shellId, treeId } from './ids.ts';
import { landingPreview, landingReceipt, landingTarget } from './landing.ts';
import { LOG_READ_LIMIT, logSlice } from './log.ts';
import { environment, project, relativeFolder, repositoryFacts } from './project.ts';
import { keptSnapshot, liveChanges, measurement, shellEvent, triedCheck } from './live.ts';
import { comment, evidence, fileChange, hunk } from './result.ts';
import { run } from './run.ts';
import { namedSettings, settings } from './settings.ts';

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
  /** Only runs queued at or after this. */
  since: instant.optional(),
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
      files: z.number().int(),
      additions: z.number().int(),
      deletions: z.number().int(),
      landed: z.boolean(),
      /** Around the first match of a text query, plain. */
      snippet: z.string().nullable(),
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
    /** Changes the settings that are named, and no other. */
    changeSettings: call(z.object({ commandId, settings: namedSettings }), settings),
  },
  /** The live picture of everything on the board. */
  fleet: {
    watch: base.input(nothing).output(eventIterator(fleetUpdate)),
    /** Measures while somebody listens, and only then. */
    measure: base.input(nothing).output(eventIterator(measurement)),
    snapshots: call(nothing, z.array(keptSnapshot)),
    /** Refused while a run uses it. */
    removeSnapshot: call(z.object({ commandId, key: z.string().min(1).max(256) }), done),
  },
  projects: {
    inspect: call(z.object({ path: z.string().min(1).max(4096) }), repositoryFacts),
    add: call(z.object({ commandId, path: z.string().min(1).max(4096) }), project),
    addSample: call(z.object({ commandId }), project),
    remove: call(z.object({ commandId, projectId }), done),
    edit: call(z.object({ commandId, projectId, name: z.string().min(1).max(200).optional(), colour: z.number().int().min(0).max(11).optional() }), project),
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
    /** With `from`, the text that was changed, it is refused when the brief says something else by now. */
    edit: call(z.object({ commandId, briefId, text: briefText, from: briefText.optional() }), brief),
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
    /** Takes a file in for a brief of the project; it becomes part of one when the brief's text names it. */
    attach: call(
      z.object({ commandId, projectId, name: attachment.shape.name, bytes: z.base64().max(14_000_000) }),
      attachment,
    ),
    /** Runs a check on the base, in a container of its own that is gone when this ends, or when nobody listens. */
    tryCheck: base
      .input(z.object({ projectId, base: baseChoice, workingDirectory: relativeFolder, check }))
      .output(eventIterator(triedCheck)),
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
    /** The hunks of one changed file, in order; empty for what has no lines to choose from. */
    hunks: call(z.object({ runId, path: z.string() }), z.object({ hunks: z.array(hunk) })),
    /** Takes hunks of a file in or out. Taking out every hunk takes the file out. */
    setHunksIncluded: call(
      z.object({ commandId, runId, path: z.string(), hunks: z.array(z.string()).min(1).max(20_000), included: z.boolean() }),
      run,
    ),
    /** Adds a comment, or changes the text of the one with this id. */
    comment: call(z.object({ commandId, runId, comment: comment.omit({ at: true }) }), run),
    removeComment: call(z.object({ commandId, runId, comment: commentId }), run),
    setViewed: call(z.object({ commandId, runId, paths: z.array(z.string()).min(1).max(20_000), viewed: z.boolean() }), run),
    setCriterionMet: call(z.object({ commandId, runId, criterion: z.number().int().nonnegative(), met: z.boolean() }), run),
    /** Runs the brief's checks on the selection as it is now. */
    checkSelection: call(z.object({ commandId, runId }), run),
    /** While a run works: what it has touched so far. */
    liveChanges: call(z.object({ runId }), liveChanges),
    /** Such a file as it is now, beside the base's content; null bytes: gone, or too large. */
    liveFile: call(z.object({ runId, path: z.string().max(4096) }), z.object({ base: fileContent.nullable(), now: fileContent.nullable() })),
    /** A shell in the run's container, as the agent user, while the container lives and somebody listens. */
    openShell: base
      .input(z.object({ runId, columns: z.number().int().min(2).max(1_000), rows: z.number().int().min(2).max(1_000) }))
      .output(eventIterator(shellEvent)),
    typeIntoShell: call(z.object({ shell: shellId, bytes: z.base64().max(100_000) }), done),
    resizeShell: call(z.object({ shell: shellId, columns: z.number().int().min(2).max(1_000), rows: z.number().int().min(2).max(1_000) }), done),
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
    /** Newest commits of a branch (null: HEAD), or those whose subject, author or id hold `text`. */
    commits: call(
      z.object({ projectId, branch: z.string().min(1).max(1024).nullable(), text: z.string().max(200).default(''), limit: z.number().int().min(1).max(200).default(50) }),
      z.array(z.object({ commit: commitId, subject: z.string(), author: z.string(), at: instant })),
    ),
    /** Which files of the base a set of globs matches, from the working directory: how many, and the first 200. */
    matches: call(
      z.object({ projectId, base: baseChoice, workingDirectory: relativeFolder.default(''), globs: z.array(z.string().min(1).max(1024)).max(256) }),
      z.object({ count: z.number().int(), paths: z.array(z.string()), total: z.number().int() }),
    ),
  },
};
export type Contract = typeof contract;
