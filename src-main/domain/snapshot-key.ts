import type { ProjectId } from '../contract/ids.ts';
import type { Environment } from '../contract/project.ts';

/** Raised when what a snapshot holds changes its meaning, so that older ones are not used. */
const FORMAT = 3;

export interface SnapshotInput {
  /** What setup did came out of this project's files: another project's container must never be made of it. */
  readonly project: ProjectId;
  readonly imageId: string;
  readonly environment: Environment;
  /** Modes and object ids of the lock files, by path. */
  readonly lockFiles: ReadonlyMap<string, string>;
  /** Versions of the project's secrets, by name; never their values. */
  readonly secrets: ReadonlyMap<string, string>;
}

const inOrder = (entries: Iterable<readonly [string, ...unknown[]]>) => [...entries].toSorted(([a], [b]) => (a < b ? -1 : 1));

/** Services as setup meets them; how long they are waited for changes nothing of what it does. Without setup nothing meets them. */
const servicesOf = ({ setup, services }: Environment) =>
  setup.trim() === '' || services.length === 0 ? [] : [services.map(({ name, image, variables, command }) => [name, image, inOrder(Object.entries(variables)), command])];

/** What a snapshot's key is made of, as one canonical text; its hash is the key. Names and content, never secret values. */
export const snapshotIdentity = ({ project, imageId, environment, lockFiles, secrets }: SnapshotInput): string =>
  JSON.stringify([
    FORMAT,
    project,
    imageId,
    environment.setup,
    environment.setupAsRoot,
    environment.maintenance,
    inOrder(Object.entries(environment.variables)),
    inOrder(lockFiles),
    inOrder(environment.secrets.map(({ name, file }) => [name, file, secrets.get(name) ?? null])),
    ...servicesOf(environment),
  ]);
