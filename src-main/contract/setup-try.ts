import { z } from 'zod';
import { projectId } from './ids.ts';
import { run } from './run.ts';

/** Why a setup that was tried did not come to its end, for a person. */
export const setupFailure = z.object({
  /** The command of the script that ended it, and its line; null: not known. */
  command: z.string().nullable(),
  line: z.number().int().nullable(),
  /** Its exit status; null: no command ended it. */
  exitCode: z.number().int().nullable(),
  /** The last lines of its output, plain. */
  lastLines: z.array(z.string()),
  /** What is likely behind it, and the next step. */
  cause: z.string(),
  next: z.string(),
});
export type SetupFailure = z.infer<typeof setupFailure>;

/**
 * An environment that is tried: prepared, set up and sealed as for a run, and no further. `run` is of no brief and in no store: its
 * id is good for its log and for a shell. `reviewable` means sealed.
 */
export const setupTry = z.object({ projectId, run, failure: setupFailure.nullable() });
export type SetupTry = z.infer<typeof setupTry>;
