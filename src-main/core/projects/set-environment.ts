import type { CommandId, ProjectId } from '../../contract/ids.ts';
import type { Environment, Project } from '../../contract/project.ts';
import type { Deps } from '../deps.ts';
import type { Once } from '../once.ts';
import { requireProject } from '../require.ts';

/** Changes how a project's containers are made. Runs that were launched keep what they were launched with. */
export const setEnvironment = (
  deps: Deps,
  once: Once,
  input: { commandId: CommandId; projectId: ProjectId; environment: Environment },
): Promise<Project> =>
  once(input.commandId, () => {
    const project = { ...requireProject(deps.store, input.projectId), environment: input.environment };
    return {
      answer: project,
      change: { events: [{ subject: project.id, type: 'environmentSet', data: input.environment }], projects: [project] },
    };
  });
