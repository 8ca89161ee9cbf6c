import { z } from 'zod';
import { blobId, commentId, commitId, instant, treeId } from './ids.ts';
import { baseChoice, expectation } from './brief.ts';

/** The commit in the depot that a turn starts from, and what it was made of. */
export const committedBase = z.object({
  commit: commitId,
  tree: treeId,
  choice: baseChoice,
  /** The commit of the user's repository under it: a landing's parent. */
  originCommit: commitId,
  /** The branch that the choice meant then; null: none, as with a commit or a HEAD on no branch. Absent where it was not noted. */
  branch: z.string().nullable().optional(),
  /** In words: `main at 1a2b3c4` or `working tree on main (3 files changed)`. */
  description: z.string(),
  /** What the user should know: submodules left empty, LFS pointers kept as pointers … */
  notes: z.array(z.string()),
});
export type CommittedBase = z.infer<typeof committedBase>;

export const findingKind = z.enum([
  'outOfScope',
  'leftOut',
  'largeFile',
  'commandFailed',
  'nestedRepository',
  // of the content
  'weakenedTest',
  'skippedTest',
  'dependency',
  'runsOnYourMachine',
  'secret',
  'invisibleCharacter',
  'binary',
  'note',
]);
export type FindingKind = z.infer<typeof findingKind>;

export const finding = z.object({
  kind: findingKind,
  /** Repository path it is about, when it is about one. Raw bytes that are not UTF-8 are shown as \xNN. */
  path: z.string().nullable(),
  message: z.string(),
  /** Line of the result's file (of the base's, for what was taken out), when it is about one. */
  line: z.number().int().positive().optional(),
  /** Set where it is about that line of that side and nothing else: whoever takes the line out takes out what was found. */
  alone: z.enum(['base', 'result']).optional(),
});
export type Finding = z.infer<typeof finding>;

/** How the command of the work phase ended. Exit status as the engine reports it. */
export const workEnd = z.object({
  exitCode: z.number().int(),
  outOfMemory: z.boolean(),
  timedOut: z.boolean(),
});
export type WorkEnd = z.infer<typeof workEnd>;

export const result = z.object({
  outcome: z.enum(['done', 'noChanges']),
  commit: commitId,
  tree: treeId,
  files: z.number().int(),
  additions: z.number().int(),
  deletions: z.number().int(),
  findings: z.array(finding),
  /** The changed paths, at most 200: what other briefs may meet. */
  paths: z.array(z.string()).default([]),
});
export type Result = z.infer<typeof result>;

/** git's file modes; null where the file does not exist on that side. */
export const fileMode = z.enum(['100644', '100755', '120000', '160000']);

/** One changed path between two trees. */
export const fileChange = z.object({
  path: z.string(),
  /** Set for a rename: the path on the base. */
  oldPath: z.string().nullable(),
  kind: z.enum(['added', 'modified', 'deleted', 'renamed', 'typeChanged', 'modeChanged']),
  oldMode: fileMode.nullable(),
  newMode: fileMode.nullable(),
  oldBlob: blobId.nullable(),
  newBlob: blobId.nullable(),
  binary: z.boolean(),
  /** Lines; 0 for binaries. */
  additions: z.number().int(),
  deletions: z.number().int(),
});
export type FileChange = z.infer<typeof fileChange>;

/** A change of some lines of a file: lines count from 1; a length of 0 stands after `start` (0: before the first line). */
export const hunk = z.object({
  /** From its place and content: the same hunk of the same two blobs has the same id. */
  id: z.string(),
  oldStart: z.number().int(),
  oldLines: z.number().int(),
  newStart: z.number().int(),
  newLines: z.number().int(),
});
export type Hunk = z.infer<typeof hunk>;

/** A person's remark on lines of the result (or of the base's side) or on a file as a whole, kept with the run. */
export const comment = z.object({
  id: commentId,
  path: z.string(),
  side: z.enum(['base', 'result']),
  /** First and last line; both null: it is about the file, as of a binary. */
  from: z.number().int().positive().nullable(),
  to: z.number().int().positive().nullable(),
  text: z.string().min(1).max(20_000),
  at: instant,
});
export type Comment = z.infer<typeof comment>;

export const keptFile = z.object({ path: z.string(), size: z.number().int(), blob: blobId });

/**
 * How the environment was made ready for a tree whose lock files are not those that its snapshot was made for: by its script, with
 * reading from the image's own registries alone and no secret, before the check ran without any network.
 */
export const readied = z.object({
  script: z.enum(['maintenance', 'setup']),
  /** Lock files that differ. */
  changed: z.array(z.string()),
  /** What could be read from. */
  hosts: z.array(z.string()),
  /** What was asked for besides, at most 20. */
  refused: z.array(z.string()),
  /** Why it could not be made ready, so that the check could not be run; null: it was. */
  problem: z.string().nullable(),
});
export type Readied = z.infer<typeof readied>;

/** One check, run once on one exact tree. */
export const checkOutcome = z.object({
  check: z.number().int(),
  command: z.string(),
  side: z.enum(['base', 'result']),
  tree: treeId,
  expect: expectation,
  exitCode: z.number().int().nullable(),
  timedOut: z.boolean(),
  startedAt: instant,
  durationMs: z.number().int(),
  /** Byte range of its output in the turn's log. */
  log: z.object({ from: z.number().int(), to: z.number().int() }),
  kept: z.array(keptFile),
  readied: readied.optional(),
});
export type CheckOutcome = z.infer<typeof checkOutcome>;

/** What a check says about the result, from both sides. */
export const verdict = z.enum(['passed', 'failed', 'alreadyFailing', 'didNotFailOnBase', 'broken', 'notRun']);
export type Verdict = z.infer<typeof verdict>;

export const evidenceItem = z.object({
  check: z.number().int(),
  command: z.string(),
  expect: expectation,
  verdict,
  base: checkOutcome.nullable(),
  result: checkOutcome.nullable(),
});
export type EvidenceItem = z.infer<typeof evidenceItem>;

/** Evidence is bound to the tree it was made for: another tree reads "not checked". */
export const evidence = z.object({ tree: treeId, checked: z.boolean(), items: z.array(evidenceItem) });
export type Evidence = z.infer<typeof evidence>;
