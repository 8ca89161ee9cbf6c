import type { CommandId, ProjectId } from '../../contract/ids.ts';
import type { Project } from '../../contract/project.ts';
import type { Deps } from '../deps.ts';
import type { Once } from '../once.ts';
import { requireProject } from '../require.ts';

export interface ProjectEdit {
  readonly commandId: CommandId;
  readonly projectId: ProjectId;
  readonly name?: string | undefined;
  readonly colour?: number | undefined;
}

/** Changes how a project is shown: the name or the colour that is given, and nothing else. */
export const editProject = (deps: Deps, once: Once, { commandId, projectId, name, colour }: ProjectEdit): Promise<Project> =>
  once(commandId, () => {
    const before = requireProject(deps.store, projectId);
    const project = { ...before, name: name ?? before.name, colour: colour ?? before.colour };
    if (project.name === before.name && project.colour === before.colour) return { answer: before, change: { events: [] } };
    return {
      answer: project,
      change: { events: [{ subject: project.id, type: 'projectEdited', data: { name: project.name, colour: project.colour } }], projects: [project] },
    };
  });
