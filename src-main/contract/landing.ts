import { z } from 'zod';
import { commitId, instant, landingId, runId, treeId } from './ids.ts';

/** How an accepted result is delivered. */
export const landingTarget = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('branch'),
    name: z.string().min(1).max(1024),
    /** A branch to build on; null: the commit that the run started from. */
    onto: z.string().min(1).max(1024).nullable().default(null),
    message: z.string().max(65_536).default(''),
  }),
  z.strictObject({ kind: z.literal('workingTree'), overwriteChanged: z.boolean().default(false) }),
  /** null: the patch is returned, nothing is written. */
  z.strictObject({ kind: z.literal('patch'), file: z.string().max(4096).nullable().default(null) }),
]);
export type LandingTarget = z.infer<typeof landingTarget>;

export const landingPath = z.object({
  path: z.string(),
  change: z.enum(['add', 'modify', 'delete', 'mode']),
  /** The user's copy differs from the run's base: landing would overwrite or merge their edits. */
  dirty: z.boolean(),
});

/** A path that both sides changed in ways that do not fit: what it is landed onto is there, what is landed is here. */
const landingClash = z.object({
  path: z.string(),
  /** What each side did to it; null: nothing under this name. */
  there: landingPath.shape.change.nullable(),
  here: landingPath.shape.change.nullable(),
  /** Lines that both have changed, as each has them; shortened, and none where it is not a matter of lines. */
  parts: z.array(z.object({ there: z.string(), here: z.string() })),
});

/** Exactly what a landing will do, bound by `token` to what it was computed from. */
export const landingPreview = z.object({
  token: z.string(),
  refs: z.array(z.object({ name: z.string(), from: commitId.nullable(), to: commitId.nullable() })),
  paths: z.array(landingPath),
  /** Paths that cannot be merged cleanly; not empty: landing is refused. */
  conflicts: z.array(z.string()),
  /** The same paths with what each side did; absent where that is not known. */
  clashes: z.array(landingClash).optional(),
  notes: z.array(z.string()),
  /** What the selection is merged with, as `main at 1a2b3c4`: what lands is then another tree than the one selected. Absent: it is exactly that one. */
  mergedWith: z.string().optional(),
  message: z.string(),
});
export type LandingPreview = z.infer<typeof landingPreview>;

export const landing = z.object({
  id: landingId,
  runId,
  target: landingTarget,
  tree: treeId,
  token: z.string(),
  state: z.enum(['intended', 'landed', 'refused']),
  at: instant,
});
export type Landing = z.infer<typeof landing>;

export const landingReceipt = z.object({
  landing: landingId,
  refs: z.array(z.object({ name: z.string(), to: commitId })),
  paths: z.array(z.string()),
  /** Set when the patch was asked for without a file. */
  patch: z.string().nullable(),
  file: z.string().nullable(),
});
export type LandingReceipt = z.infer<typeof landingReceipt>;
