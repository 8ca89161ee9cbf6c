import type { ProjectId } from '../contract/ids.ts';
import type { Environment } from '../contract/project.ts';

/** Raised when what a snapshot holds changes its meaning, so that older ones are not used. */
const FORMAT = 2;

/**
 * What a snapshot's key is made of, as one canonical text; its hash is the key. Names and content, never secret values.
 * `lockFiles` holds the content's object ids by path.
 */
export const snapshotIdentity = (input: {
  /** What setup did came out of this project's files: another project's container must never be made of it. */
  readonly project: ProjectId;
  readonly imageId: string;
  readonly environment: Environment;
  readonly lockFiles: ReadonlyMap<string, string>;
}): string =>
  JSON.stringify([
    FORMAT,
    input.project,
    input.imageId,
    input.environment.setup,
    Object.entries(input.environment.variables).toSorted(([a], [b]) => (a < b ? -1 : 1)),
    [...input.lockFiles].toSorted(([a], [b]) => (a < b ? -1 : 1)),
  ]);
