import type { ProjectId } from '../contract/ids.ts';
import type { SecretFacts, SecretGiven } from '../contract/secret.ts';
import { Failure } from './failure.ts';

/** What a secret store throws: notFound, invalid, secretUnreadable, damagedData, diskFull. Never with a value in it. */
export class SecretFailure extends Failure {}

/**
 * Secrets of projects, encrypted at rest, written but never shown again. Where a secret is a reference, its value is asked
 * for at each use and kept nowhere.
 */
export interface SecretStore {
  /** How the key is kept that encrypts them: by the system's keychain, or in a file that only the user can read. */
  readonly keptBy: 'keychain' | 'keyFile';
  facts(project: ProjectId): Promise<SecretFacts[]>;
  /** Keeps a value, or where it is found, under a name. Refuses what could not be told from ordinary text (fault: invalid). */
  keep(project: ProjectId, name: string, given: SecretGiven): Promise<SecretFacts>;
  /** Fine when there is none of that name. */
  remove(project: ProjectId, name: string): Promise<void>;
  /** Values by name, for use now; `lastUsedAt` is set. Faults: notFound, naming those that are missing; secretUnreadable. */
  reveal(project: ProjectId, names: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Removes all secrets of a project. */
  forget(project: ProjectId): Promise<void>;
}
