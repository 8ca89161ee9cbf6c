import { z } from 'zod';
import { blobId, commitId, instant, treeId } from './ids.ts';
import { baseChoice, expectation } from './brief.ts';

/** The commit in the depot that a turn starts from, and what it was made of. */
export const committedBase = z.object({
  commit: commitId,
  tree: treeId,
  choice: baseChoice,
  /** The commit of the user's repository under it: a landing's parent. */
  originCommit: commitId,
  /** In words: `main at 1a2b3c4` or `working tree on main (3 files changed)`. */
  description: z.string(),
  /** What the user should know: submodules left empty, LFS pointers kept as pointers … */
  notes: z.array(z.string()),
});
export type CommittedBase = z.infer<typeof committedBase>;

export const finding = z.object({
  kind: z.enum(['outOfScope', 'leftOut', 'largeFile', 'commandFailed', 'nestedRepository', 'note']),
  /** Repository path it is about, when it is about one. Raw bytes that are not UTF-8 are shown as \xNN. */
  path: z.string().nullable(),
  message: z.string(),
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

export const keptFile = z.object({ path: z.string(), size: z.number().int(), blob: blobId });

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
