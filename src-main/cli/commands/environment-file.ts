import type { Command } from 'commander';
import { newCommandId } from '../../wire/client/command-id.ts';
import { withService, type CommandLine, type Task } from '../command-line.ts';
import { printEach } from '../environment-lines.ts';
import { CommandFailure, EXIT } from '../failure.ts';
import { findProject } from '../find-project.ts';
import { forTerminal, oneLine } from '../sanitise.ts';

interface Adopt {
  readonly yes?: true;
}

/** `drydock env adopt` and `save`: the environment that the repository itself keeps. */
export function addEnvironmentFile(line: CommandLine, env: Command): void {
  env
    .command('adopt [project]')
    .description('what the environment file of the last commit would change')
    .option('--yes', 'make it the environment in use, and approve it')
    .action(withService<Adopt>(line, adopt));
  env.command('save [project]').description('write the environment in use into the working tree, as a file to commit').action(withService(line, save));
}

async function adopt({ client, output, options, surroundings }: Task<Adopt>, name = '.'): Promise<number> {
  const project = await findProject(client, surroundings.cwd, name);
  const { file, blob, dockerfile, problems, differs, needsApproval, diff, dockerfileDiff } = await client.projects.readEnvironmentFile({ projectId: project.id });
  // Without such a file the environment is as it is; only its Dockerfile comes from the repository.
  const isDockerfileAlone = blob === null && needsApproval.some(({ field }) => field === 'dockerfile');
  if (!isDockerfileAlone && (file === null || blob === null)) {
    const isThere = blob !== null;
    throw new CommandFailure({
      code: isThere ? 'invalid' : 'notFound',
      message: isThere ? `The environment file cannot be used: ${problems.join('; ')}` : 'The last commit has no .drydock/environment.yaml.',
      next: isThere ? 'Correct it, commit that, then try again.' : '`drydock env save` writes one, to be committed.',
    });
  }
  for (const text of [diff, dockerfileDiff]) if (text !== '') await output.line(forTerminal(text.trimEnd()));
  await printEach(output, 'Approve', needsApproval.map(({ message }) => message));
  await printEach(output, 'Not given', problems);
  const isOpen = differs || needsApproval.length > 0;
  // Bound to what was read a moment ago: another file, or another Dockerfile, is refused.
  const bound = { commandId: newCommandId(), projectId: project.id };
  if (options.yes && isOpen) await (blob === null ? client.projects.setEnvironment({ ...bound, environment: project.environment, from: project.environment, dockerfile }) : client.projects.adoptEnvironmentFile({ ...bound, from: blob, dockerfile }));
  if (!isOpen) await output.note('It is the environment in use.');
  else await output.note(options.yes ? `This is now the environment of ${oneLine(project.name)}.` : 'Next: read it, then `drydock env adopt --yes`.');
  await output.data({ ok: true, projectId: project.id, adopted: options.yes === true && isOpen, environment: file, blob, dockerfile, problems, differs, needsApproval, diff, dockerfileDiff });
  return EXIT.done;
}

async function save({ client, output, surroundings }: Task<unknown>, name = '.'): Promise<number> {
  const project = await findProject(client, surroundings.cwd, name);
  const { path, written } = await client.projects.saveEnvironmentFile({ commandId: newCommandId(), projectId: project.id });
  await output.line(path);
  await output.note(written ? 'Next: look at it, and commit it.' : 'The last commit or your working tree has it already.');
  await output.data({ ok: true, projectId: project.id, path, written });
  return EXIT.done;
}
