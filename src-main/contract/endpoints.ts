import { eventIterator, oc, type } from '@orpc/contract';
import { z } from 'zod';
import { attachment, baseChoice, brief, briefText, check, column } from './brief.ts';
import { fault } from './fault.ts';
import { diskFreed, diskReport } from './disk.ts';
import { engineStatus, type FleetMessage, slots } from './fleet.ts';
import { blobId, briefId, commandId, commentId, commitId, instant, projectId, runId, shellId, treeId } from './ids.ts';
import { landingPreview, landingReceipt, landingTarget } from './landing.ts';
import { LOG_READ_LIMIT, logSlice } from './log.ts';
import { environment, project, relativeFolder, repositoryFacts } from './project.ts';
import { keptSnapshot, liveChanges, measurement, shellEvent, triedCheck } from './live.ts';
import { frozenNetwork, networkEntry, networkRule } from './network.ts';
import { comment, evidence, fileChange, hunk } from './result.ts';
import { run } from './run.ts';
import { secretFacts, secretGiven, secretName } from './secret.ts';
import { namedSettings, settings } from './settings.ts';
import { setupTry } from './setup-try.ts';

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
  /** `warning`: nothing is missing, and yet it should be looked at. */
  items: z.array(z.object({ name: z.string(), ok: z.boolean(), warning: z.literal(true).optional(), message: z.string() })),
});
export type Readiness = z.infer<typeof readiness>;

export const doctorReport = z.object({
  ok: z.boolean(),
  /** What Drydock needs on this machine. */
  items: z.array(
    z.object({ name: z.string(), state: z.enum(['ok', 'warning', 'missing']), message: z.string(), next: z.string() }),
  ),
  /** How well the engine holds containers in; empty while there is none. `note`: good to know, it may stay so. `broken`: runs would not be sealed. */
  hardening: z.array(
    z.object({ name: z.string(), state: z.enum(['ok', 'note', 'warning', 'broken']), message: z.string(), next: z.string() }),
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

/** Where the branch is now that a run started from, and how what is selected of its result would merge onto it. */
export const runBaseNow = z.object({
  /** null, like `commit`: it did not start from a branch, or that one is gone. */
  branch: z.string().nullable(),
  commit: commitId.nullable(),
  /** How many commits the branch has that the run's base has not; null: not to be counted, as the base's commit is gone. */
  commits: z.number().int().nullable(),
  /** The branch no longer has the commit that the run started from. */
  rewritten: z.boolean(),
  /** Paths that cannot be merged. */
  conflicts: z.array(z.string()),
  /** It has these changes already. */
  contained: z.boolean(),
});
export type RunBaseNow = z.infer<typeof runBaseNow>;

export const historyQuery = z.object({
  projectId: projectId.optional(),
  text: z.string().max(1_000).optional(),
  states: z.array(z.string()).optional(),
  /** Only runs that stand so: `landed`, `closed`, `sentBack`, or the name of the state of one that nothing was decided about. */
  standings: z.array(z.string()).optional(),
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
      /** By what was decided about it, else its state: see `standings` of the query. */
      standing: z.string(),
      /** What it changed; of a landed one, what of that was landed. */
      files: z.number().int(),
      additions: z.number().int(),
      deletions: z.number().int(),
      landed: z.boolean(),
      /** Around the place that holds most of a text query's words, plain. */
      snippet: z.string().nullable(),
      queuedAt: instant,
      endedAt: instant.nullable(),
    }),
  ),
});
export type HistoryPage = z.infer<typeof historyPage>;

export const environmentFileReading = z.object({
  /** null: there is no such file, or none that can be used. */
  file: environment.nullable(),
  blob: blobId.nullable(),
  /** The content of the Dockerfile of what `file` describes, or of what is in use where there is no file. */
  dockerfile: blobId.nullable(),
  /** What cannot be read, or goes beyond the user's own limits. */
  problems: z.array(z.string()),
  /** Whether it is another environment than the one in use. */
  differs: z.boolean(),
  needsApproval: z.array(z.object({ field: z.string(), message: z.string() })),
  /** From the environment in use to the file's, both as such files: each line with `-`, `+` or a space before it. */
  diff: z.string(),
  /** In the same way, from the Dockerfile that was approved to the one of HEAD; '': the same, or none. */
  dockerfileDiff: z.string(),
});
export type EnvironmentFileReading = z.infer<typeof environmentFileReading>;

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
    // The service's own records, which were checked when they were written: checking thousands again would hold it up.
    watch: base.input(nothing).output(eventIterator(type<FleetMessage>())),
    /** Measures while somebody listens, and only then. */
    measure: base.input(nothing).output(eventIterator(measurement)),
    snapshots: call(nothing, z.array(keptSnapshot)),
    /** Refused while a run uses it. */
    removeSnapshot: call(z.object({ commandId, key: z.string().min(1).max(256) }), done),
    /** Removes every snapshot of a project's environment that no run uses: the next run sets it up again. `kept`: those that are in use. */
    resetEnvironment: call(z.object({ commandId, projectId }), z.object({ removed: z.number().int(), kept: z.number().int() })),
  },
  disk: {
    /** What Drydock holds on disks, and what could be removed. Changes nothing. */
    report: call(nothing, diskReport),
    /** Removes what is named by the ids of a report's steps. What is used or needed by now is left, and said so. */
    free: call(z.object({ commandId, steps: z.array(z.string().min(1).max(300)).min(1).max(10_000) }), diskFreed),
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
      z.object({
        environment,
        reasons: z.array(z.string()),
        checks: z.array(z.string()),
        /** What its tools ask of the image: a version as the named file has it, or null for any. */
        needs: z.array(z.object({ tool: z.string(), version: z.string().nullable(), from: z.string() })).default([]),
      }),
    ),
    /**
     * With `dockerfile`, the content of its Dockerfile that was shown, that is approved, and it is refused when HEAD has another by now. Without,
     * a Dockerfile that was named before stays as approved, and a new one is approved as HEAD has it. With `from`, the environment that was
     * changed, it is refused when the project has another one by now.
     */
    setEnvironment: call(z.object({ commandId, projectId, environment, from: environment.optional(), dockerfile: blobId.nullable().optional() }), project),
    /** The environment that `.drydock/environment.yaml` of HEAD describes, within the user's own limits, beside the one in use. */
    readEnvironmentFile: call(z.object({ projectId }), environmentFileReading),
    /** Makes it the one in use, exactly as it was shown: refused when HEAD has another file, or another Dockerfile, by now. */
    adoptEnvironmentFile: call(z.object({ commandId, projectId, from: blobId, dockerfile: blobId.nullable().default(null) }), project),
    /** The environment in use as such a file. */
    environmentFileText: call(z.object({ projectId }), z.object({ path: z.string(), text: z.string() })),
    /** Writes it into the working tree, where the path is absent or as HEAD has it, and nowhere else. `written` is false where the last commit or the working tree has it already. */
    saveEnvironmentFile: call(z.object({ commandId, projectId }), z.object({ path: z.string(), written: z.boolean() })),
    /** Environment that a devcontainer.json of HEAD describes; what is not taken over is named with why. Changes nothing. */
    importDevcontainer: call(z.object({ projectId }), z.object({ environment, reasons: z.array(z.string()), notTaken: z.array(z.string()) })),
  },
  /** An environment tried before a brief needs it: one a project at a time, live in the fleet. Its run's id is good for `runs.log` and `runs.openShell`. */
  setupTries: {
    /** Prepares, sets up and seals an environment (absent: the one in use) on the current HEAD. In place of one that has ended; refused while one goes on. */
    start: call(z.object({ commandId, projectId, environment: environment.optional() }), setupTry),
    /** Breaks it off. What it made goes. Fine when it has ended. */
    stop: call(z.object({ commandId, projectId }), done),
    /** Takes an ended one away with its log. Without `keep` the snapshot that it made goes too, which is refused while a run uses it. */
    end: call(z.object({ commandId, projectId, keep: z.boolean() }), done),
  },
  /** Values go in and never come out. */
  secrets: {
    /** `keptBy`: how the key is kept that encrypts them. `keyFile`: whoever can read the user's files can read it. */
    list: call(z.object({ projectId }), z.object({ keptBy: z.enum(['keychain', 'keyFile']), secrets: z.array(secretFacts) })),
    set: call(z.object({ commandId, projectId, name: secretName, given: secretGiven }), secretFacts),
    remove: call(z.object({ commandId, projectId, name: secretName }), done),
  },
  briefs: {
    create: call(z.object({ commandId, projectId, text: briefText }), brief),
    /** With `from`, the text that was changed, it is refused when the brief says something else by now. */
    edit: call(z.object({ commandId, briefId, text: briefText, from: briefText.optional() }), brief),
    /** Only for whom it waits is changed; a run of it that is in the queue keeps its place and waits too. */
    waitFor: call(z.object({ commandId, briefId, after: briefText.shape.after.unwrap() }), brief),
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
    /** A new run of the brief as it reads now; with `base`, from there and not from where the brief says, which stays as it is. */
    retry: call(z.object({ commandId, runId, base: baseChoice.optional() }), run),
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
    /** What the run may reach, and what it asked for so far. */
    network: call(z.object({ runId }), z.object({ policy: frozenNetwork, entries: z.array(networkEntry) })),
    /** A new run that may also reach what these rules allow; with `remember` the environment allows it from now on. */
    allowAndRetry: call(z.object({ commandId, runId, rules: z.array(networkRule).min(1).max(64), remember: z.boolean() }), run),
    patch: call(z.object({ runId }), z.object({ patch: z.string() })),
    /** A private clone of the selected result in a new folder of the user's. */
    tryOut: call(z.object({ commandId, runId, into: z.string().max(4096).nullable() }), z.object({ path: z.string() })),
    baseNow: call(z.object({ runId }), runBaseNow),
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
