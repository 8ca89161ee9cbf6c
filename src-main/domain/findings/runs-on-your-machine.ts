import type { Finding } from '../../contract/result.ts';
import { addedLines, fileName, isThere, type ChangedFile } from './changed-file.ts';

/** Paths that something runs or obeys by their name alone, and when. */
const BY_PATH: readonly (readonly [RegExp, string])[] = [
  [/(?:^|\/)\.(?:husky|githooks|git-hooks|hooks)\/|(?:^|\/)\.?lefthook(?:-local)?\.(?:ya?ml|toml|json)$|(?:^|\/)\.pre-commit-config\.ya?ml$|(?:^|\/)\.overcommit\.yml$/, 'runs when you use git here'],
  [/(?:^|\/)\.vscode\/(?:tasks|launch)\.json$|\.code-workspace$/, 'tells your editor what to run'],
  [/(?:^|\/)\.idea\/(?:runConfigurations\/|workspace\.xml$|externalDependencies\.xml$|watcherTasks\.xml$)|(?:^|\/)\.run\/[^/]*\.run\.xml$/, 'tells your editor what to run'],
  [/(?:^|\/)\.envrc$|(?:^|\/)\.?mise(?:\.local)?\.toml$/, 'runs when your shell enters the folder'],
  [/(?:^|\/)(?:GNU)?[Mm]akefile$|\.mk$|(?:^|\/)\.?[Jj]ustfile$|(?:^|\/)[Tt]askfile\.ya?ml$|(?:^|\/)Rakefile$/, 'says what a build command runs'],
  [
    /^\.github\/(?:workflows|actions)\/|(?:^|\/)action\.ya?ml$|^\.gitlab-ci\.ya?ml$|^\.gitlab\/ci\/|^\.circleci\/|^\.travis\.yml$|^azure-pipelines[^/]*\.ya?ml$|^(?:.*\/)?Jenkinsfile[^/]*$|^\.drone\.ya?ml$|^bitbucket-pipelines\.yml$|^\.buildkite\/|^\.woodpecker(?:\/|\.ya?ml$)|^\.forgejo\/workflows\/|^\.gitea\/workflows\/|^appveyor\.yml$/,
    'runs in your continuous integration, beside its secrets',
  ],
  [/(?:^|\/)(?:Dockerfile|Containerfile)(?:\.[^/]+)?$|\.[Dd]ockerfile$|(?:^|\/)(?:docker-)?compose(?:\.[\w-]+)*\.ya?ml$|(?:^|\/)\.devcontainer(?:\/|\.json$)|(?:^|\/)Vagrantfile$/, 'says what a container of yours runs'],
  [/(?:^|\/)\.pnpmfile\.cjs$|(?:^|\/)\.yarn\/(?:releases|plugins)\//, 'runs when packages are installed'],
  [/(?:^|\/)\.(?:gitattributes|gitmodules|lfsconfig)$/, 'changes what git does with files'],
];

/** Settings of package managers that name programs, or where packages come from. */
const INSTALLER_SETTINGS = /^["']?(?:@[\w-]+:)?(?:script-shell|scriptShell|shell|git|node-options|nodeOptions|ignore-scripts|ignoreScripts|enableScripts|onload-script|registry|npmRegistryServer|yarnPath|yarn-path|plugins|unsafe-perm|init-module|globalPnpmfile|pnpmfile|prefix|cafile|strict-ssl|strictSsl|httpProxy|httpsProxy|proxy|https-proxy)["']?\s*[=: ]/;

/** Scripts that npm and its like run by themselves (npm documentation, "Life Cycle Scripts"). */
const LIFECYCLE = ['preinstall', 'install', 'postinstall', 'preprepare', 'prepare', 'postprepare', 'prepublish', 'prepublishOnly', 'prepack', 'postpack', 'dependencies'];

const scriptsOf = (text: string): Record<string, unknown> => {
  try {
    const scripts: unknown = (JSON.parse(text) as Record<string, unknown> | null)?.['scripts'];
    return typeof scripts === 'object' && scripts !== null ? (scripts as Record<string, unknown>) : {};
  } catch {
    return {};
  }
};

const finding = (path: string, message: string, line?: number): Finding => ({ kind: 'runsOnYourMachine', path, message, ...(line === undefined ? {} : { line }) });

const ofPackage = ({ change: { path }, text }: ChangedFile): Finding[] => {
  if (text === null || fileName(path) !== 'package.json') return [];
  const [before, after] = [scriptsOf(text.before), scriptsOf(text.after)];
  const lines = text.after.split('\n');
  return LIFECYCLE.filter((name) => after[name] !== undefined && after[name] !== before[name]).map((name) =>
    finding(path, `The script ${name} of ${path} runs by itself when packages are installed or packed.`, Math.max(0, lines.findIndex((line) => line.includes(`"${name}"`))) + 1),
  );
};

const ofInstaller = (file: ChangedFile): Finding[] => {
  const { path } = file.change;
  if (!/^\.(?:npmrc|yarnrc|yarnrc\.yml|pnpmrc)$/.test(fileName(path))) return [];
  const setting = addedLines(file).find(({ text }) => INSTALLER_SETTINGS.test(text));
  return setting === undefined ? [] : [finding(path, `${path} sets what runs, or where packages come from, when they are installed.`, setting.line)];
};

/** Files that run on the user's machine, or in their name, once the result is landed. */
export const runsOnYourMachineFindings = (files: readonly ChangedFile[]): Finding[] =>
  files.filter(isThere).flatMap((file): Finding[] => {
    const { path, oldPath, oldMode, newMode, oldBlob, newBlob } = file.change;
    const isChanged = oldBlob !== newBlob || oldPath !== null;
    const [, what] = BY_PATH.find(([pattern]) => pattern.test(path)) ?? [];
    if (what !== undefined && isChanged) return [finding(path, `${path} ${what}.`)];
    const own = [...ofPackage(file), ...ofInstaller(file)];
    if (own.length > 0) return own;
    return newMode === '100755' && oldMode !== '100755' ? [finding(path, `${path} can now be run as a program.`)] : [];
  });
