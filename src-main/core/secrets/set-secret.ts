import type { CommandId, ProjectId } from '../../contract/ids.ts';
import type { SecretFacts, SecretGiven, SecretSource } from '../../contract/secret.ts';
import type { Deps } from '../deps.ts';
import type { Once, Outcome } from '../once.ts';
import { requireProject } from '../require.ts';

export interface SecretChange {
  readonly commandId: CommandId;
  readonly projectId: ProjectId;
  readonly name: string;
  readonly given: SecretGiven;
}

/** What is kept of the answer: neither a value nor a reference, whose text may hold one, gets into the database. */
type Kept = Pick<SecretFacts, 'version' | 'changedAt' | 'lastUsedAt'>;

const sourceOf = (given: SecretGiven): SecretSource => (given.kind === 'value' ? { kind: 'stored' } : given);

/**
 * Keeps a secret of a project, or where it is found, in place of what had its name. Faults: notFound, invalid (could not be told from ordinary
 * text), diskFull.
 */
export const setSecret = async (deps: Deps, once: Once, { commandId, projectId, name, given }: SecretChange): Promise<SecretFacts> => {
  const { store, secrets } = deps;
  const keep = async (): Promise<() => Outcome<Kept>> => {
    const { version, changedAt, lastUsedAt } = await secrets.keep(projectId, name, given);
    return () => ({
      answer: { version, changedAt, lastUsedAt },
      // The project is named as changed, so that whoever shows its secrets asks again, and its paused queue goes on.
      change: { events: [{ subject: projectId, type: 'secretSet', data: { name, source: given.kind } }], projects: [requireProject(store, projectId)] },
    });
  };
  try {
    const kept = await once(commandId, () => {
      requireProject(store, projectId);
      return keep();
    });
    return { projectId, name, source: sourceOf(given), ...kept };
  } catch (error) {
    // The project was removed meanwhile, perhaps after its secrets were forgotten and before this one was kept.
    if (store.project(projectId) === null) await secrets.forget(projectId);
    throw error;
  }
};
