import { newCommandId } from '../../wire/client/command-id.ts';
import { withService, type CommandLine, type Task } from '../command-line.ts';
import { printEach, printEnvironment } from '../environment-lines.ts';
import { EXIT } from '../failure.ts';
import { findProject } from '../find-project.ts';
import { fleetNow } from '../fleet-now.ts';
import { forTerminal, oneLine } from '../sanitise.ts';
import { addEnvironmentFile } from './environment-file.ts';
import { addEnvironmentSnapshots, snapshotInWords } from './environment-snapshots.ts';
import { addEnvironmentTry } from './environment-try.ts';

interface Apply {
  readonly apply?: true;
}

/** `drydock env …`: how a project's containers are made. */
export function addEnvironment(line: CommandLine): void {
  const env = line.program.command('env').description("how a project's containers are made");
  env
    .command('show [project]')
    .description('the environment in use')
    .option('--yaml', 'as the file that a repository would keep')
    .action(withService<{ yaml?: true }>(line, show));
  env
    .command('propose [project]')
    .description("what the repository's own files suggest")
    .option('--directory <path>', 'working directory inside the repository', '')
    .option('--apply', 'make it the environment in use')
    .action(withService<{ directory: string } & Apply>(line, propose));
  env
    .command('import-devcontainer [project]')
    .description('what its devcontainer.json describes')
    .option('--apply', 'make it the environment in use')
    .action(withService<Apply>(line, importDevcontainer));
  env.command('setup <script> [project]').description('set the setup script').action(withService(line, setUp));
  addEnvironmentSnapshots(line, env);
  addEnvironmentFile(line, env);
  addEnvironmentTry(line, env);
}

async function show({ client, output, options, surroundings }: Task<{ yaml?: true }>, name = '.'): Promise<number> {
  const project = await findProject(client, surroundings.cwd, name);
  if (options.yaml) {
    const { path, text } = await client.projects.environmentFileText({ projectId: project.id });
    if (!output.isJson) await output.out.write(output.out.isTTY ? forTerminal(text) : text);
    await output.data({ ok: true, projectId: project.id, path, text });
    return EXIT.done;
  }
  const waiting = project.environment.warm === 0 ? 0 : ((await fleetNow(client)).warm[project.id] ?? 0);
  const snapshots = (await client.fleet.snapshots({})).filter(({ projectId }) => projectId === project.id);
  await printEnvironment(output, project.environment, waiting);
  await printEach(output, 'Snapshot', snapshots.map((snapshot) => snapshotInWords(snapshot, Date.now())));
  await output.data({ ok: true, projectId: project.id, environment: project.environment, warm: waiting, snapshots });
  return EXIT.done;
}

async function propose({ client, output, options, surroundings }: Task<{ directory: string } & Apply>, name = '.'): Promise<number> {
  const project = await findProject(client, surroundings.cwd, name);
  const proposal = await client.projects.propose({ projectId: project.id, workingDirectory: options.directory });
  await printEnvironment(output, proposal.environment);
  await printEach(output, 'Because', proposal.reasons);
  await printEach(output, 'Check', proposal.checks);
  if (options.apply) {
    await client.projects.setEnvironment({ commandId: newCommandId(), projectId: project.id, environment: proposal.environment, from: project.environment });
    await output.note(`This is now the environment of ${oneLine(project.name)}.`);
  }
  await output.data({ ok: true, projectId: project.id, applied: options.apply === true, ...proposal });
  return EXIT.done;
}

async function importDevcontainer({ client, output, options, surroundings }: Task<Apply>, name = '.'): Promise<number> {
  const project = await findProject(client, surroundings.cwd, name);
  const imported = await client.projects.importDevcontainer({ projectId: project.id });
  await printEnvironment(output, imported.environment);
  await printEach(output, 'Because', imported.reasons);
  await printEach(output, 'Left out', imported.notTaken);
  if (options.apply) {
    await client.projects.setEnvironment({ commandId: newCommandId(), projectId: project.id, environment: imported.environment, from: project.environment });
    await output.note(`This is now the environment of ${oneLine(project.name)}.`);
  }
  await output.data({ ok: true, projectId: project.id, applied: options.apply === true, ...imported });
  return EXIT.done;
}

async function setUp({ client, output, surroundings }: Task<unknown>, script = '', name = '.'): Promise<number> {
  const project = await findProject(client, surroundings.cwd, name);
  const environment = { ...project.environment, setup: script };
  const changed = await client.projects.setEnvironment({ commandId: newCommandId(), projectId: project.id, environment, from: project.environment });
  await printEnvironment(output, changed.environment);
  await output.data({ ok: true, projectId: project.id, environment: changed.environment });
  return EXIT.done;
}
