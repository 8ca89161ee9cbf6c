import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Option } from 'commander';
import type { BriefText } from '../../contract/brief.ts';
import type { Project } from '../../contract/project.ts';
import { obstacleToLaunch } from '../../domain/readiness.ts';
import { newCommandId } from '../../wire/client/command-id.ts';
import { briefOf, type BriefOptions } from '../brief-options.ts';
import { withService, type CommandLine, type Task } from '../command-line.ts';
import { EXIT, wrongUse } from '../failure.ts';
import { projectAtOrNew } from '../find-project.ts';
import { waitForRun } from '../wait-for-run.ts';

interface RunOptions extends BriefOptions {
  readonly project: string;
  readonly setup?: string;
  readonly wait?: true;
}

const several = (value: string, earlier: string[] = []): string[] => [...earlier, value];

/** `drydock run`: submits a brief, from a file or made of options, and launches it. */
export function addRun(line: CommandLine): void {
  line.program
    .command('run [brief]')
    .description('submit a brief (a Markdown file, or - for stdin) or a script, and launch it')
    .option('--script <command>', 'script mode: the command that does the work')
    .option('--project <dir>', 'folder of the repository', '.')
    .option('--goal <text>', 'what the user will see')
    .option('--check <command>', 'a check that must pass on the result (may be repeated)', several)
    .option('--fails-then-passes <command>', 'a check that must fail on the base and pass on the result (may be repeated)', several)
    .option('--check-timeout <seconds>', 'limit of each of these checks')
    .option('--base <base>', 'head, working-tree, branch:NAME, commit:ID, or a name of one')
    .option('--directory <path>', 'working directory inside the repository')
    .option('--time-budget <minutes>', 'waking minutes that the work may take')
    .option('--setup <command>', "the project's setup script, kept for later runs")
    .addOption(new Option('--internet <policy>', 'internet of the work phase').choices(['off', 'allow', 'full']))
    .option('--wait', 'follow the run to its end')
    .action(withService<RunOptions>(line, submit));
}

async function submit(task: Task<RunOptions>, file: string | undefined): Promise<number> {
  const { client, options, output, surroundings, service } = task;
  if ((file === undefined) === (options.script === undefined)) {
    throw wrongUse('A brief file or --script is needed, one of them.', 'For example: drydock run --script "npm run format" --project . --wait');
  }
  const text = requireLaunchable(briefOf(await startingPoint(task, file), options));
  const project = await withSetup(task, await projectAtOrNew(client, surroundings.cwd, options.project));
  await requireBase(task, project, text);
  const brief = await client.briefs.create({ commandId: newCommandId(), projectId: project.id, text });
  const run = await client.briefs.launch({ commandId: newCommandId(), briefId: brief.id });
  if (options.wait) {
    await output.note(`#${brief.number} ${run.id}`);
    return waitForRun(task, brief.number, run);
  }
  await output.line(`#${brief.number} ${run.id}`);
  await output.data({ ok: true, number: brief.number, briefId: brief.id, runId: run.id, projectId: project.id, state: run.state });
  if (service.isOurs) await output.note('It is queued, and no service is running: `drydock serve` or the app takes it up.');
  return EXIT.done;
}

/** What could not be launched is not stored either: a refused command leaves nothing behind. */
function requireLaunchable(text: BriefText): BriefText {
  const obstacle = obstacleToLaunch(text);
  if (obstacle === null) return text;
  throw wrongUse(obstacle, 'Complete the brief, or say it with an option: --script, --internet.');
}

/** A base that does not exist is said now, not when the run's turn comes. */
async function requireBase({ client }: Task<RunOptions>, project: Project, { runsWith: { base } }: BriefText): Promise<void> {
  if (base.kind === 'branch' || base.kind === 'commit') await client.bases.resolve({ projectId: project.id, base });
}

/** The brief of the file as the service reads it; undefined without one. */
async function startingPoint({ client, surroundings }: Task<RunOptions>, file: string | undefined): Promise<BriefText | undefined> {
  if (file === undefined) return undefined;
  return client.briefs.importFile({ markdown: file === '-' ? await surroundings.readStdin() : await readBrief(resolve(surroundings.cwd, file)) });
}

async function readBrief(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw wrongUse(`${path} cannot be read: ${error instanceof Error ? error.message : 'unknown'}`, 'Name a Markdown file, or - to read the brief from stdin.');
  }
}

async function withSetup({ client, options, output }: Task<RunOptions>, project: Project): Promise<Project> {
  if (options.setup === undefined || options.setup === project.environment.setup) return project;
  const environment = { ...project.environment, setup: options.setup };
  const changed = await client.projects.setEnvironment({ commandId: newCommandId(), projectId: project.id, environment, from: project.environment });
  await output.note(`The setup script of ${project.name} is now: ${options.setup}`);
  return changed;
}
