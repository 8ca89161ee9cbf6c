import type { CommandId, ProjectId } from '../../contract/ids.ts';
import type { Deps } from '../deps.ts';
import { DONE, type Nothing, type Once } from '../once.ts';
import { requireProject } from '../require.ts';

export interface SecretRemoval {
  readonly commandId: CommandId;
  readonly projectId: ProjectId;
  readonly name: string;
}

/** Removes a secret from this machine. Environments that use it say at their next setup that it has no value. Fine when there is none. */
export const removeSecret = ({ store, secrets }: Deps, once: Once, { commandId, projectId, name }: SecretRemoval): Promise<Nothing> =>
  once(commandId, () => {
    requireProject(store, projectId);
    return (async () => {
      await secrets.remove(projectId, name);
      return () => {
        const project = requireProject(store, projectId);
        return { answer: DONE, change: { events: [{ subject: projectId, type: 'secretRemoved', data: { name } }], projects: [project] } };
      };
    })();
  });
