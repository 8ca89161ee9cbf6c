import { resolve } from 'node:path';
import type { Project } from '../contract/project.ts';
import type { DrydockClient } from '../wire/client/connection.ts';
import { newCommandId } from '../wire/client/command-id.ts';
import { asFault, CommandFailure } from './failure.ts';

/** The project of a folder inside a repository; null when the repository was not added yet. */
export async function projectAt(client: DrydockClient, cwd: string, folder: string): Promise<Project | null> {
  const facts = await client.projects.inspect({ path: resolve(cwd, folder) });
  return (await client.projects.list({})).find((project) => project.path === facts.path) ?? null;
}

/** The same, adding the repository when it is new. */
export async function projectAtOrNew(client: DrydockClient, cwd: string, folder: string): Promise<Project> {
  const known = await projectAt(client, cwd, folder);
  return known ?? client.projects.add({ commandId: newCommandId(), path: resolve(cwd, folder) });
}

/** A project by its id, its name when only one has it, or its folder. */
export async function findProject(client: DrydockClient, cwd: string, name: string): Promise<Project> {
  const projects = await client.projects.list({});
  const byId = projects.find((project) => project.id === name);
  const byName = projects.filter((project) => project.name === name);
  const found = byId ?? (byName.length === 1 ? byName[0] : undefined) ?? projects.find((project) => project.path === resolve(cwd, name));
  const project = found ?? (await projectAt(client, cwd, name).catch((error: unknown) => {
    // A bare word was meant as a name; what is written as a path deserves to hear what is wrong with that folder.
    if (/^\.|[/\\]/.test(name) || asFault(error).code !== 'notARepository') throw error;
    return null;
  }));
  if (project) return project;
  throw new CommandFailure({ code: 'notFound', message: `${name} is no project.`, next: `\`drydock project add ${name}\` adds the repository of a folder; \`drydock project list\` names those there are.` });
}
