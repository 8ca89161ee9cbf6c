import { basename } from 'node:path';
import type { CommandId, ProjectId } from '../../contract/ids.ts';
import type { Project } from '../../contract/project.ts';
import { DEFAULT_ENVIRONMENT } from '../../domain/environment/default-environment.ts';
import { freeColour } from '../../domain/project-colours.ts';
import type { Deps } from '../deps.ts';
import type { Once, Outcome } from '../once.ts';
import { proposeFor } from './propose-environment.ts';

/** Folders may have longer names than the contract's 200 characters. */
const nameOf = (path: string): string => (basename(path) || path).slice(0, 200);

/** Adds the repository that holds `path`. Added already: the known project is the answer. */
export const addProject = (deps: Deps, once: Once, input: { commandId: CommandId; path: string }): Promise<Project> =>
  once(input.commandId, async () => {
    const facts = await deps.depot.inspect(input.path);
    const known = () => deps.store.projects().find((project) => project.path === facts.path);
    const asKnown = (project: Project): Outcome<Project> => ({ answer: project, change: { events: [] } });
    const before = known();
    if (before !== undefined) return () => asKnown(before);
    const id = `prj_${deps.ids.random()}` as ProjectId;
    const bare = { id, path: facts.path };
    const { environment } = await proposeFor(deps, bare, '').catch(() => ({ environment: DEFAULT_ENVIRONMENT }));
    const project: Project = { ...bare, name: nameOf(facts.path), environment, colour: freeColour(deps.store.projects()), addedAt: deps.clock.now() };
    return () => {
      // Added twice at once: the first is the project.
      const meanwhile = known();
      if (meanwhile !== undefined) return asKnown(meanwhile);
      return { answer: project, change: { events: [{ subject: id, type: 'projectAdded', data: { path: facts.path } }], projects: [project] } };
    };
  });
