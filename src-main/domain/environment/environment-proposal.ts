import picomatch from 'picomatch';
import type { Environment } from '../../contract/project.ts';
import { shellWord } from '../shell-word.ts';
import { DEFAULT_ENVIRONMENT } from './default-environment.ts';
import { CI_FILES, readCi, seenFrom, type CiCommand } from './proposal/ci.ts';
import { dotnet, go, jvm, rust } from './proposal/compiled.ts';
import { createLook, folderOf, foldersUpward, nameIn, type FolderLook, type RepositoryFiles } from './proposal/folder-look.ts';
import { node } from './proposal/node.ts';
import type { Ecosystem, Install, Need, ProposedCheck } from './proposal/part.ts';
import { rankOf } from './proposal/plain-command.ts';
import { python } from './proposal/python.ts';
import { native, php, ruby } from './proposal/scripted.ts';
import { mergeNeeds, needReasons, versionNeeds } from './proposal/versions.ts';

const ECOSYSTEMS: readonly Ecosystem[] = [node, python, go, rust, jvm, ruby, php, dotnet, native];

/** Files whose text a proposal reads, as globs from any folder; CI files from the top. Of all others only the names count. */
export const PROPOSAL_FILES: readonly string[] = [
  ...['package.json', 'pnpm-workspace.yaml', '.yarnrc.yml', 'pyproject.toml', 'setup.cfg', 'tox.ini', 'Cargo.toml', 'go.mod', 'go.work', 'composer.json', 'global.json', 'Rakefile'],
  ...['GNUmakefile', 'Makefile', 'makefile', '.nvmrc', '.node-version', '.tool-versions', '.python-version', '.ruby-version', '.java-version', 'rust-toolchain', 'rust-toolchain.toml'],
  ...CI_FILES,
];

const NAMES = new Set(PROPOSAL_FILES.filter((name) => !name.includes('/')));
const isWorkflow = picomatch(CI_FILES.filter((name) => name.includes('*')), { dot: true });
const MOST_WORKFLOWS = 20;
/** Folders beside the top that are looked into where the top itself has nothing. */
const MOST_FOLDERS = 6;
/** Where copies and examples lie that nobody works with. */
const ASIDE = /(?:^|\/)(?:node_modules|vendor|third_party|fixtures?|testdata|examples?|samples?|templates?|\.[^/]*)(?:\/|$)/;

const isNear = (folder: string): boolean => folder !== '' && folder.split('/').length <= 2 && !ASIDE.test(folder);

const workflowsOf = (paths: Iterable<string>): string[] => [...paths].filter((path) => isWorkflow(path)).toSorted().slice(0, MOST_WORKFLOWS);

/** Which of a repository's files are to be read for a proposal that works in `folder`. */
export const filesToRead = (paths: ReadonlySet<string>, folder: string): string[] => {
  const above = new Set(foldersUpward(folder));
  const isWanted = (path: string): boolean => NAMES.has(nameIn(path)) && (above.has(folderOf(path)) || (folder === '' && isNear(folderOf(path))));
  // Nearest the top first: what is beyond the reader's limits is the least of it.
  const wanted = [...paths].filter(isWanted).toSorted((a, b) => a.split('/').length - b.split('/').length);
  return [...wanted, ...workflowsOf(paths)];
};

export interface EnvironmentProposal {
  readonly environment: Environment;
  /** Why, for each line of it and for each check; and what was left aside. */
  readonly reasons: readonly string[];
  /** Commands that the repository itself names as its tests, the test-like ones first. */
  readonly checks: readonly string[];
  /** What its tools ask of the image. */
  readonly needs: readonly Need[];
}

interface Found {
  readonly ecosystem: Ecosystem;
  readonly look: FolderLook;
  readonly install: Install;
}

/** Where an ecosystem installs from for a folder: the nearest lock file here or above, else a manifest alone, else lock files of folders below the top. */
const findInstalls = (ecosystem: Ecosystem, into: (folder: string) => FolderLook, folder: string, near: readonly string[]): Found[] => {
  const at = (look: FolderLook, install: Install | null | undefined): Found[] => (install == null ? [] : [{ ecosystem, look, install }]);
  const upward = foldersUpward(folder).map(into);
  const here = [...upward.flatMap((look) => at(look, ecosystem.locked(look))), ...upward.flatMap((look) => at(look, ecosystem.unlocked?.(look)))][0];
  if (here !== undefined) return [here];
  if (folder !== '') return [];
  const below = near.map(into).flatMap((look) => at(look, ecosystem.locked(look)));
  // A package inside of another is installed with it.
  return below.filter(({ look }) => !below.some((other) => look.folder.startsWith(`${other.look.folder}/`))).slice(0, MOST_FOLDERS);
};

const inFolder = (folder: string, command: string): string => (folder === '' ? command : `(cd ${shellWord(folder)} && ${command})`);

const checksFor = (found: readonly Found[], into: (folder: string) => FolderLook, folder: string): ProposedCheck[] => {
  const here = into(folder);
  const own = ECOSYSTEMS.flatMap((ecosystem) => {
    const install = found.find((each) => each.ecosystem === ecosystem && (folder === each.look.folder || each.look.folder === '' || folder.startsWith(`${each.look.folder}/`)));
    return ecosystem.checks(here, install?.look ?? null);
  });
  const below = found.filter(({ look }) => look.folder !== '' && look.folder !== folder && !folder.startsWith(`${look.folder}/`));
  return [...own, ...below.flatMap(({ ecosystem, look }) => ecosystem.checks(look, look).map(({ command, from }) => ({ command: `cd ${shellWord(look.folder)} && ${command}`, from })))];
};

/** What a line of a CI file becomes where its tools were installed in a place of their own. */
const withRunner = (check: CiCommand, found: readonly Found[]): CiCommand => {
  const runner = found.filter(({ look }) => look.folder === check.folder).flatMap(({ ecosystem, look }) => ecosystem.runner?.(check.command, look) ?? [])[0];
  return runner === undefined ? check : { ...check, command: `${runner}${check.command.replace(/^python3? /, 'python ')}` };
};

const MOST_CHECKS = 24;

/** One spelling for commands that are the same. */
const canonical = (command: string): string => command.replaceAll(/\s+/g, ' ').replace(/^npm (?:run )?(?:test|t)$/, 'npm test').replace(/^(?:pnpm|yarn)(?: run)? (test|lint|typecheck|check)$/, (_all, script: string) => (script === 'test' ? 'npm test' : `npm run ${script}`));

const chosen = (checks: readonly ProposedCheck[]): ProposedCheck[] => {
  const seen = new Set<string>();
  const fresh = checks.filter(({ command }) => !seen.has(canonical(command)) && seen.add(canonical(command)));
  return fresh.toSorted((a, b) => rankOf(a.command) - rankOf(b.command)).slice(0, MOST_CHECKS);
};

const checkReasons = (checks: readonly ProposedCheck[]): string[] => {
  const byFile = new Map<string, string[]>();
  for (const { command, from } of checks) byFile.set(from, [...(byFile.get(from) ?? []), command]);
  return [...byFile].map(([from, commands]) => `${from}: names the check${commands.length === 1 ? '' : 's'} ${commands.join(', ')}`);
};

/** Maintenance is what installs, where that ends in the same as a fresh setup; '': setup runs again. */
const maintenanceOf = (found: readonly Found[], setup: string): { script: string; reasons: string[] } => {
  if (setup === '') return { script: '', reasons: [] };
  const stale = found.find(({ install }) => !install.isRepeatable);
  if (stale === undefined) return { script: setup, reasons: ['maintenance: what installs may run again when a lock file has changed'] };
  return { script: '', reasons: [`no maintenance: ${stale.install.lockFiles.map(stale.look.pathOf).join(', ')} would leave behind what is no longer named, so setup runs again when it changes`] };
};

/** Proposes an environment and checks for work in a folder, from the repository's own files. Suggests only; runs nothing, and never throws. */
export const proposeEnvironment = (files: RepositoryFiles, folder = ''): EnvironmentProposal => {
  const look = createLook(files);
  const near = folder === '' ? [...new Set([...files.paths].map(folderOf))].filter(isNear).toSorted() : [];
  const found = ECOSYSTEMS.flatMap((ecosystem) => findInstalls(ecosystem, look.into, folder, near));
  const ci = readCi(look.into(''), workflowsOf(files.paths));
  const fromCi = ci.checks.flatMap((each) => seenFrom(withRunner(each, found), folder) ?? []);
  const checks = chosen([...checksFor(found, look.into, folder), ...fromCi]);
  const setup = found.map((each) => inFolder(each.look.folder, each.install.commands.join(' && '))).join('\n');
  const maintenance = maintenanceOf(found, setup);
  const versions = [...new Set([...foldersUpward(folder), ...found.map((each) => each.look.folder)])].flatMap((each) => versionNeeds(look.into(each)));
  const needs = mergeNeeds([...versions, ...found.flatMap((each) => each.install.needs)]);
  return {
    environment: {
      ...DEFAULT_ENVIRONMENT,
      setup,
      maintenance: maintenance.script,
      lockFiles: [...new Set(found.flatMap((each) => each.install.lockFiles.map(each.look.pathOf)))].slice(0, 256),
    },
    reasons: [...found.map((each) => each.install.reason), ...maintenance.reasons, ...needReasons(needs), ...ci.notes, ...checkReasons(checks), ...look.ignored],
    checks: checks.map((each) => each.command),
    needs,
  };
};
