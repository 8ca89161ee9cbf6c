import { shellWord } from '../../shell-word.ts';
import { fieldOf, isRecord, type FolderLook } from './folder-look.ts';
import type { ProposedCheck } from './part.ts';
import { dependsOnItself, isPlainCommand, scriptLines } from './plain-command.ts';

/** A command of a CI file with the folder it runs in, from the repository's top. */
export interface CiCommand extends ProposedCheck {
  readonly folder: string;
}

const MOST_JOBS = 100;
const MOST_STEPS = 200;

const hasExpression = (value: unknown): boolean => (isRecord(value) ? Object.values(value).some(hasExpression) : typeof value === 'string' && /\$\{\{|secrets\./.test(value));

/** A plain folder of the repository; null: anything else. */
const plainFolder = (value: unknown): string | null => {
  if (value === undefined) return '';
  if (typeof value !== 'string' || value.length > 1_000 || !/^(?:\.\/)?[\w@.-]+(?:\/[\w@.-]+)*\/?$/.test(value)) return null;
  const parts = value.split('/').filter((part) => part !== '' && part !== '.');
  return parts.includes('..') ? null : parts.join('/');
};

const commandsOf = (script: string, folder: string, from: string): CiCommand[] => {
  const lines = scriptLines(script);
  return dependsOnItself(lines) ? [] : lines.filter(isPlainCommand).map((command) => ({ command, folder, from }));
};

const listOf = (value: unknown, most: number): readonly unknown[] => (Array.isArray(value) ? value.slice(0, most) : []);

const stepCommands = (step: unknown, inherited: unknown, from: string): CiCommand[] => {
  const run = fieldOf(step, 'run');
  const shell = fieldOf(step, 'shell') ?? fieldOf(inherited, 'shell');
  const folder = plainFolder(fieldOf(step, 'working-directory') ?? fieldOf(inherited, 'working-directory'));
  const isPlain = typeof run === 'string' && folder !== null && fieldOf(step, 'if') === undefined && (shell === undefined || shell === 'bash' || shell === 'sh') && !hasExpression(fieldOf(step, 'env'));
  return isPlain ? commandsOf(run, folder, from) : [];
};

const jobsOf = (value: unknown): readonly unknown[] => (isRecord(value) ? Object.values(value).slice(0, MOST_JOBS) : []);

const githubCommands = (look: FolderLook, name: string): CiCommand[] => {
  const workflow = look.yaml(name);
  const shared = fieldOf(fieldOf(workflow, 'defaults'), 'run');
  return jobsOf(fieldOf(workflow, 'jobs')).flatMap((job) => {
    const inherited = fieldOf(fieldOf(job, 'defaults'), 'run') ?? shared;
    return hasExpression(fieldOf(job, 'env')) ? [] : listOf(fieldOf(job, 'steps'), MOST_STEPS).flatMap((step) => stepCommands(step, inherited, look.pathOf(name)));
  });
};

const GITLAB_WORDS = new Set(['default', 'include', 'stages', 'variables', 'workflow', 'image', 'services', 'cache', 'before_script', 'after_script', 'spec', 'pages']);

const gitlabCommands = (look: FolderLook, name: string): CiCommand[] =>
  Object.entries(look.yaml(name) ?? {})
    .filter(([job]) => !GITLAB_WORDS.has(job) && !job.startsWith('.'))
    .slice(0, MOST_JOBS)
    .flatMap(([, job]) => {
      const script = fieldOf(job, 'script');
      const lines = (typeof script === 'string' ? [script] : listOf(script, MOST_STEPS)).flat(2).filter((line) => typeof line === 'string');
      return commandsOf(lines.join('\n'), '', look.pathOf(name));
    });

const imageNote = (look: FolderLook, name: string, image: unknown): string[] => {
  const named = typeof image === 'string' ? image : fieldOf(image, 'name') ?? fieldOf(image, 'image');
  return typeof named === 'string' && /^[\w][\w.\-/:@]{0,200}$/.test(named) ? [`${look.pathOf(name)}: its jobs run in the image ${named}; name it if the base image lacks something`] : [];
};

/** Files of the repository's top that say what CI runs. */
export const CI_FILES = ['.github/workflows/*.yml', '.github/workflows/*.yaml', '.gitlab-ci.yml'] as const;

export interface CiReading {
  readonly checks: readonly CiCommand[];
  readonly notes: readonly string[];
}

/** What the CI files run, as far as it can stand alone, and which images they use. `workflows` are paths from the top. */
export const readCi = (top: FolderLook, workflows: readonly string[]): CiReading => {
  const github = workflows.map((name) => ({ name, checks: githubCommands(top, name) }));
  const gitlab = top.has('.gitlab-ci.yml') ? [{ name: '.gitlab-ci.yml', checks: gitlabCommands(top, '.gitlab-ci.yml') }] : [];
  const config = top.has('.gitlab-ci.yml') ? top.yaml('.gitlab-ci.yml') : null;
  const containers = workflows.flatMap((name) => jobsOf(fieldOf(top.yaml(name), 'jobs')).flatMap((job) => imageNote(top, name, fieldOf(job, 'container'))));
  const images = imageNote(top, '.gitlab-ci.yml', fieldOf(config, 'image') ?? fieldOf(fieldOf(config, 'default'), 'image'));
  return { checks: [...github, ...gitlab].flatMap((each) => each.checks), notes: [...new Set([...containers, ...images])].slice(0, 5) };
};

/** Such a command as seen from the folder that is worked in; null: it belongs to a folder elsewhere. */
export const seenFrom = ({ command, folder, from }: CiCommand, working: string): ProposedCheck | null => {
  if (folder === working) return { command, from };
  if (working === '') return { command: `cd ${shellWord(folder)} && ${command}`, from };
  return folder.startsWith(`${working}/`) ? { command: `cd ${shellWord(folder.slice(working.length + 1))} && ${command}`, from } : null;
};
