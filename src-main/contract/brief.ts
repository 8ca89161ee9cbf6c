import { z } from 'zod';
import { blobId, briefId, instant, projectId, runId } from './ids.ts';
import { internet } from './network.ts';
import { relativeFolder } from './project.ts';

const glob = z.string().min(1).max(1024);

/** What a check must show: `passes` on the result, or `failsThenPasses`: fails on the base and passes on the result. */
export const expectation = z.enum(['passes', 'failsThenPasses']);

/** An exact command with its limit; its exit status, as the engine reports it, is the outcome. */
export const check = z.strictObject({
  command: z.string().min(1).max(16_384),
  timeoutSeconds: z.number().int().min(1).max(86_400).default(600),
  expect: expectation.default('passes'),
  /** Globs, from the working directory, of files kept as evidence after the check on the result. */
  keep: z.array(glob).max(64).default([]),
});
export type Check = z.infer<typeof check>;

/** Where a run starts from. */
export const baseChoice = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('workingTree') }),
  z.strictObject({ kind: z.literal('head') }),
  z.strictObject({ kind: z.literal('branch'), name: z.string().min(1).max(1024) }),
  z.strictObject({ kind: z.literal('commit'), commit: z.string().regex(/^[0-9a-fA-F]{4,64}$/, 'must be a commit id') }),
]);
export type BaseChoice = z.infer<typeof baseChoice>;

export const mode = z.enum(['script', 'code', 'ask']);

export const runsWith = z.strictObject({
  mode: mode.default('script'),
  /** Script mode: the command that does the work. */
  command: z.string().max(65_536).default(''),
  agent: z.string().max(64).default(''),
  model: z.string().max(256).default(''),
  internet: internet.default('off'),
  base: baseChoice.default({ kind: 'head' }),
  variants: z.number().int().min(1).max(16).default(1),
});
export type RunsWith = z.infer<typeof runsWith>;

export const output = z.enum(['patch', 'branch', 'pullRequest', 'report']);

/** A file given along with a brief: in the container it lies, read-only, below `/drydock/attachments`. */
export const attachment = z.strictObject({
  name: z.string().min(1).max(255).regex(/^[^/\\\0]+$/, 'must be a file name').refine((name) => name !== '.' && name !== '..', 'must be a file name'),
  size: z.number().int().nonnegative(),
  blob: blobId,
});
export type Attachment = z.infer<typeof attachment>;

/** What a person writes. The six fields, the line "Runs with", and what is folded below. */
export const briefText = z.strictObject({
  goal: z.string().max(10_000).default(''),
  context: z.string().max(1_000_000).default(''),
  scope: z
    .strictObject({
      inPlay: z.array(glob).max(256).default([]),
      offLimits: z.array(glob).max(256).default([]),
      workingDirectory: relativeFolder.default(''),
    })
    .default({ inPlay: [], offLimits: [], workingDirectory: '' }),
  constraints: z.string().max(100_000).default(''),
  checks: z.array(check).max(64).default([]),
  /** Criteria that only a person can judge. */
  criteria: z.array(z.string().min(1).max(2_000)).max(64).default([]),
  output: z.array(output).max(4).default(['branch']),
  runsWith: runsWith.default({
    mode: 'script', command: '', agent: '', model: '', internet: 'off', base: { kind: 'head' }, variants: 1,
  }),
  stopCondition: z.string().max(10_000).default(''),
  /** Waking minutes that the work phase may take. */
  timeBudgetMinutes: z.number().min(0.05).max(10_080).default(60),
  labels: z.array(z.string().min(1).max(64)).max(32).default([]),
  /** Numbers of briefs whose current runs must have ended before this one starts. */
  after: z.array(z.number().int().positive()).max(64).default([]),
  attachments: z.array(attachment).max(32).default([]),
});
export type BriefText = z.infer<typeof briefText>;

/** Why a brief is in Done: its result was landed, or the user closed it. */
export const decision = z.enum(['landed', 'closed']);

export const brief = z.object({
  id: briefId,
  projectId,
  /** What people say: #12. Counts up over all projects, never reused. */
  number: z.number().int().positive(),
  text: briefText,
  /** Place in its column: smaller is higher. Any finite number; a card between two others gets the mean. */
  rank: z.number(),
  /** The run that decides the column; null: the brief is in the backlog. */
  currentRun: runId.nullable(),
  decision: decision.nullable(),
  /** How many comments its earlier runs keep, while none of them is what is to be decided; absent: none. */
  keptComments: z.number().int().positive().optional(),
  createdAt: instant,
  changedAt: instant,
});
export type Brief = z.infer<typeof brief>;

export const column = z.enum(['backlog', 'queued', 'running', 'review', 'done']);
export type Column = z.infer<typeof column>;
