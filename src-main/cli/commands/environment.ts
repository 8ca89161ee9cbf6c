import type { Environment } from '../../contract/project.ts';
import { newCommandId } from '../../wire/client/command-id.ts';
import { withService, type CommandLine, type Task } from '../command-line.ts';
import { EXIT } from '../failure.ts';
import { findProject } from '../find-project.ts';
import type { Output } from '../output.ts';
import { forTerminal, oneLine } from '../sanitise.ts';

const GIB = 2 ** 30;

/** `drydock env …`: how a project's containers are made. */
export function addEnvironment(line: CommandLine): void {
  const env = line.program.command('env').description("how a project's containers are made");
  env.command('show [project]').description('the environment in use').action(withService(line, show));
  env
    .command('propose [project]')
    .description("what the repository's own files suggest")
    .option('--directory <path>', 'working directory inside the repository', '')
    .option('--apply', 'make it the environment in use')
    .action(withService<{ directory: string; apply?: true }>(line, propose));
  env.command('setup <script> [project]').description('set the setup script').action(withService(line, setUp));
}

async function show({ client, output, surroundings }: Task<unknown>, name = '.'): Promise<number> {
  const project = await findProject(client, surroundings.cwd, name);
  await print(output, project.environment);
  await output.data({ ok: true, projectId: project.id, environment: project.environment });
  return EXIT.done;
}

async function propose(task: Task<{ directory: string; apply?: true }>, name = '.'): Promise<number> {
  const { client, output, options, surroundings } = task;
  const project = await findProject(client, surroundings.cwd, name);
  const proposal = await client.projects.propose({ projectId: project.id, workingDirectory: options.directory });
  await print(output, proposal.environment);
  for (const reason of proposal.reasons) await output.line(`Because   ${oneLine(reason)}`);
  for (const check of proposal.checks) await output.line(`Check     ${oneLine(check)}`);
  if (options.apply) {
    await client.projects.setEnvironment({ commandId: newCommandId(), projectId: project.id, environment: proposal.environment });
    await output.note(`This is now the environment of ${oneLine(project.name)}.`);
  }
  await output.data({ ok: true, projectId: project.id, applied: options.apply === true, ...proposal });
  return EXIT.done;
}

async function setUp({ client, output, surroundings }: Task<unknown>, script = '', name = '.'): Promise<number> {
  const project = await findProject(client, surroundings.cwd, name);
  const environment = { ...project.environment, setup: script };
  const changed = await client.projects.setEnvironment({ commandId: newCommandId(), projectId: project.id, environment });
  await print(output, changed.environment);
  await output.data({ ok: true, projectId: project.id, environment: changed.environment });
  return EXIT.done;
}

async function print(output: Output, { image, setup, lockFiles, variables, limits }: Environment): Promise<void> {
  await output.line(`Image     ${image ?? "Drydock's base image"}`);
  await output.line(`Setup     ${setup === '' ? 'none' : forTerminal(setup).replaceAll('\n', '\n          ')}`);
  if (lockFiles.length > 0) await output.line(`Locked by ${lockFiles.map(oneLine).join(', ')}`);
  for (const [key, value] of Object.entries(variables)) await output.line(`Variable  ${key}=${oneLine(value)}`);
  const memory = Math.round((limits.memoryBytes / GIB) * 10) / 10;
  await output.line(`Limits    ${limits.cpus} CPU, ${memory} GiB, ${limits.processes} processes`);
}
