import { newCommandId } from '../../wire/client/command-id.ts';
import { withService, type CommandLine, type Task } from '../command-line.ts';
import { EXIT } from '../failure.ts';
import { findProject, projectAtOrNew } from '../find-project.ts';
import { oneLine } from '../sanitise.ts';

/** `drydock project …`: which repositories Drydock knows. */
export function addProject(line: CommandLine): void {
  const project = line.program.command('project').description('the repositories that Drydock knows');
  project.command('add [dir]').description('add the repository of a folder').action(withService(line, add));
  project.command('list').description('list them').action(withService(line, list));
  project.command('remove <project>').description('forget one; the repository stays as it is').action(withService(line, remove));
}

async function add({ client, output, surroundings }: Task<unknown>, folder = '.'): Promise<number> {
  const project = await projectAtOrNew(client, surroundings.cwd, folder);
  await output.line(`${project.id}  ${oneLine(project.name)}  ${oneLine(project.path)}`);
  await output.data({ ok: true, project });
  return EXIT.done;
}

async function list({ client, output }: Task<unknown>): Promise<number> {
  const projects = await client.projects.list({});
  const width = Math.max(0, ...projects.map((project) => oneLine(project.name).length));
  for (const project of projects) await output.line(`${project.id}  ${oneLine(project.name).padEnd(width)}  ${oneLine(project.path)}`);
  if (projects.length === 0) await output.note('No project yet. Next: drydock project add DIR');
  await output.data({ ok: true, projects });
  return EXIT.done;
}

async function remove({ client, output, surroundings }: Task<unknown>, name = ''): Promise<number> {
  const project = await findProject(client, surroundings.cwd, name);
  await client.projects.remove({ commandId: newCommandId(), projectId: project.id });
  await output.line(`${oneLine(project.name)} is forgotten; ${oneLine(project.path)} stays as it is.`);
  await output.data({ ok: true, projectId: project.id });
  return EXIT.done;
}
