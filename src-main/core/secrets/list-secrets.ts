import type { ProjectId } from '../../contract/ids.ts';
import type { SecretFacts } from '../../contract/secret.ts';
import type { SecretStore } from '../../ports/secret-store.ts';
import type { Deps } from '../deps.ts';
import { requireProject } from '../require.ts';

/** What may be known of a project's secrets, by name, and how the key is kept that encrypts them. */
export const listSecrets = async ({ store, secrets }: Deps, { projectId }: { projectId: ProjectId }): Promise<{ keptBy: SecretStore['keptBy']; secrets: SecretFacts[] }> => {
  const project = requireProject(store, projectId);
  return { keptBy: secrets.keptBy, secrets: await secrets.facts(project.id) };
};
