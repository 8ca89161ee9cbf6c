import { environment, type Environment } from '../../contract/project.ts';
import { secretName } from '../../contract/secret.ts';
import { shellWord } from '../shell-word.ts';
import { parseCommentedJson } from './commented-json.ts';
import { DEFAULT_ENVIRONMENT } from './default-environment.ts';
import { fieldOf, folderOf, isRecord } from './proposal/folder-look.ts';

/** Where the file may lie, the first that is there counts; the last names a folder for each of several. */
const PLACES: readonly RegExp[] = [/^\.devcontainer\/devcontainer\.json$/, /^\.devcontainer\.json$/, /^\.devcontainer\/[^/]+\/devcontainer\.json$/];

/** The paths among a repository's at which a devcontainer.json is looked for, in the order of the search. */
export const devcontainerPaths = (paths: Iterable<string>): string[] => {
  const all = [...paths].filter((path) => PLACES.some((place) => place.test(path)));
  return PLACES.flatMap((place) => all.filter((path) => place.test(path)).toSorted());
};

export interface ImportedDevcontainer {
  readonly environment: Environment;
  readonly reasons: readonly string[];
  /** What it asks for and does not get, one by one, with why. */
  readonly notTaken: readonly string[];
}

const CONTEXT = 'an image is always built from the repository’s top folder';

/** Why a field is not taken over. What is not named here is not known to Drydock. */
const REFUSED: Readonly<Record<string, string>> = {
  initializeCommand: 'it would run on your machine',
  features: 'what they install belongs into the image, or into setup',
  overrideFeatureInstallOrder: 'features are not installed',
  mounts: 'no folder or socket of your machine is given to a container',
  workspaceMount: 'no folder of your machine is given to a container',
  runArgs: 'options of the engine are never taken from a file',
  privileged: 'a container never gets more rights than Drydock gives it',
  capAdd: 'a container never gets more rights than Drydock gives it',
  securityOpt: 'a container never gets more rights than Drydock gives it',
  init: 'Drydock decides what the first process of a container is',
  overrideCommand: 'Drydock decides what a container runs',
  forwardPorts: 'no port of a container is opened on your machine',
  appPort: 'no port of a container is opened on your machine',
  portsAttributes: 'no port of a container is opened on your machine',
  otherPortsAttributes: 'no port of a container is opened on your machine',
  customizations: 'settings of editors have no use here',
  extensions: 'settings of editors have no use here',
  settings: 'settings of editors have no use here',
  dockerComposeFile: 'describe its throwaway servers as services instead',
  service: 'it belongs to dockerComposeFile',
  runServices: 'it belongs to dockerComposeFile',
  remoteUser: 'agents run as an ordinary user of Drydock’s choice',
  containerUser: 'agents run as an ordinary user of Drydock’s choice',
  updateRemoteUserUID: 'agents run as an ordinary user of Drydock’s choice',
  userEnvProbe: 'scripts run without a login shell',
  postStartCommand: 'it runs at every start; a container of Drydock starts once, for one run',
  postAttachCommand: 'it runs when an editor attaches',
  waitFor: 'setup always runs to its end',
  shutdownAction: 'Drydock ends its containers by itself',
  context: CONTEXT,
  hostRequirements: 'limits are yours to set',
};

const TAKEN = new Set(['$schema', 'name', 'image', 'build', 'dockerFile', 'onCreateCommand', 'updateContentCommand', 'postCreateCommand', 'containerEnv', 'remoteEnv', 'secrets', 'workspaceFolder']);

/** The workspace's folder in a container. */
const WORKSPACE = '/workspace';
const FOLDERS: Readonly<Record<string, string>> = { containerWorkspaceFolder: WORKSPACE, localWorkspaceFolder: WORKSPACE, containerWorkspaceFolderBasename: 'workspace', localWorkspaceFolderBasename: 'workspace' };
const PLACEHOLDER = /\$\{(?:(localEnv|containerEnv|env)(?::[^}]*)?|(containerWorkspaceFolder|localWorkspaceFolder|containerWorkspaceFolderBasename|localWorkspaceFolderBasename|devcontainerId))\}/g;

/** A text with the names of folders filled in, or the placeholder that cannot be. Variables of the shell stay. */
const filledIn = (text: string): { readonly text: string } | { readonly unknown: string } => {
  let unknown: string | null = null;
  const filled = text.replaceAll(PLACEHOLDER, (whole, _kind: string | undefined, name: string | undefined) => {
    const folder = name === undefined ? undefined : FOLDERS[name];
    if (folder === undefined) unknown ??= whole;
    return folder ?? whole;
  });
  return unknown === null ? { text: filled } : { unknown };
};

interface Notes {
  take(reason: string): void;
  leave(name: string, why: string): void;
}

const whyNot = (placeholder: string): string => (placeholder.startsWith('${localEnv') || placeholder.startsWith('${env') ? `${placeholder} is a variable of your machine` : `${placeholder} is not known when the environment is made`);

const isText = (value: unknown): value is string => typeof value === 'string' && !value.includes('\0');

/** A command in one of its three forms, as lines of a script: a text is the shell's, a list is a program with its arguments, an object holds several. */
const linesOf = (name: string, value: unknown, notes: Notes): string[] => {
  const line = (text: string): string[] => {
    const filled = filledIn(text);
    if ('text' in filled) return filled.text.trim() === '' ? [] : [filled.text];
    notes.leave(name, whyNot(filled.unknown));
    return [];
  };
  if (isText(value)) return line(value);
  if (Array.isArray(value) && value.length > 0 && value.every(isText)) return line(value.map(shellWord).join(' '));
  if (isRecord(value)) return Object.entries(value).flatMap(([each, command]) => (isRecord(command) ? (notes.leave(`${name}.${each}`, 'it is no command'), []) : linesOf(`${name}.${each}`, command, notes)));
  if (value !== undefined && value !== null) notes.leave(name, 'it is no command');
  return [];
};

/** A path beside the file, from the repository's top; null: it leads out, or is none. */
const pathBeside = (path: string, value: unknown): string | null => {
  if (!isText(value) || value === '' || value.startsWith('/') || value.includes('\\')) return null;
  const parts = folderOf(path) === '' ? [] : folderOf(path).split('/');
  for (const part of value.split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return null;
    } else if (part !== '' && part !== '.') parts.push(part);
  }
  const joined = parts.join('/');
  return environment.shape.dockerfile.safeParse(joined).success ? joined : null;
};

const dockerfileOf = (path: string, file: Readonly<Record<string, unknown>>, notes: Notes): string | null => {
  const build = fieldOf(file, 'build');
  const named = fieldOf(build, 'dockerfile') ?? fieldOf(build, 'dockerFile') ?? fieldOf(file, 'dockerFile');
  for (const name of isRecord(build) ? Object.keys(build) : []) {
    if (name === 'dockerfile' || name === 'dockerFile') continue;
    notes.leave(`build.${name}`, name === 'context' ? CONTEXT : 'a Dockerfile is built as it is, without options');
  }
  if (named === undefined) return null;
  const dockerfile = pathBeside(path, named);
  if (dockerfile === null) notes.leave('build.dockerfile', 'it is no path inside the repository');
  else notes.take(`build.dockerfile: the image is made from ${dockerfile}`);
  return dockerfile;
};

const imageOf = (file: Readonly<Record<string, unknown>>, dockerfile: string | null, notes: Notes): string | null => {
  const named = fieldOf(file, 'image');
  if (named === undefined) return null;
  const image = environment.shape.image.safeParse(named);
  if (!image.success || image.data === null) notes.leave('image', 'it is no name of an image');
  else if (dockerfile !== null) notes.leave('image', 'the Dockerfile makes it');
  else {
    notes.take(`image: ${image.data}`);
    return image.data;
  }
  return null;
};

const variablesOf = (file: Readonly<Record<string, unknown>>, notes: Notes): Record<string, string> => {
  const taken = ['containerEnv', 'remoteEnv'].flatMap((field) => {
    const values = fieldOf(file, field);
    if (values !== undefined && !isRecord(values)) notes.leave(field, 'it holds no variables');
    return Object.entries(isRecord(values) ? values : {}).flatMap(([name, value]) => {
      const what = `${field}.${name}`;
      if (!isText(value)) return notes.leave(what, 'it is no text'), [];
      const filled = filledIn(value);
      if ('unknown' in filled) return notes.leave(what, whyNot(filled.unknown)), [];
      const one = environment.shape.variables.safeParse({ [name]: filled.text });
      if (!one.success || name === '__proto__') return notes.leave(what, 'its name or length is not that of a variable'), [];
      return [[name, filled.text] as const];
    });
  });
  const variables = Object.fromEntries(taken);
  if (taken.length > 0) notes.take(`variables: ${Object.keys(variables).join(', ')}`);
  return variables;
};

/** `secrets` of the file names what it would like to have: names, never values. */
const secretsOf = (file: Readonly<Record<string, unknown>>, notes: Notes): Environment['secrets'] => {
  const named = fieldOf(file, 'secrets');
  const names = isRecord(named) ? Object.keys(named) : [];
  if (named !== undefined && !isRecord(named)) notes.leave('secrets', 'it holds no names');
  const good = names.filter((name) => secretName.safeParse(name).success).slice(0, 64);
  for (const name of names) if (!good.includes(name)) notes.leave(`secrets.${name}`, 'it is no name of a secret, or one too many');
  if (good.length > 0) notes.take(`secrets: setup gets ${good.join(', ')}, once you have given their values`);
  return good.map((name) => ({ name, file: null }));
};

const nothing = (why: string): ImportedDevcontainer => ({ environment: DEFAULT_ENVIRONMENT, reasons: [], notTaken: [why] });

/** A script within the contract's bounds; one that is longer is left out and named. */
const scriptOf = (lines: readonly string[], name: string, notes: Notes): string => {
  const script = lines.join('\n');
  if (script.length <= 65_536) return script;
  notes.leave(name, 'it is longer than a script may be');
  return '';
};

/** Makes an environment of a devcontainer.json, as far as it describes one. Suggests only; runs nothing, and never throws. `path` is the file's. */
export const importDevcontainer = (path: string, text: string): ImportedDevcontainer => {
  let file: unknown;
  try {
    file = parseCommentedJson(text);
  } catch {
    return nothing(`${path}: ignored, because it is not JSON, also not with comments`);
  }
  if (!isRecord(file)) return nothing(`${path}: ignored, because it is no object`);
  const reasons: string[] = [];
  const notTaken: string[] = [];
  const notes: Notes = {
    take: (reason) => void reasons.push(`${path}: ${reason}`),
    leave: (name, why) => void notTaken.push(`${name}: not taken over, because ${why}`),
  };
  const dockerfile = dockerfileOf(path, file, notes);
  const image = imageOf(file, dockerfile, notes);
  // In the order in which a development container runs them.
  const scripts = ['onCreateCommand', 'updateContentCommand', 'postCreateCommand'].map((name) => ({ name, lines: linesOf(name, fieldOf(file, name), notes) })).filter((each) => each.lines.length > 0);
  const setup = scriptOf(scripts.flatMap((each) => each.lines), 'setup', notes);
  if (setup !== '') notes.take(`setup: ${scripts.map((each) => each.name).join(', ')}`);
  const maintenance = setup === '' ? '' : (scripts.find((each) => each.name === 'updateContentCommand')?.lines ?? []).join('\n');
  if (maintenance !== '') notes.take('maintenance: updateContentCommand, which is made to run again');
  const folder = fieldOf(file, 'workspaceFolder');
  if (folder !== undefined && folder !== WORKSPACE) notes.leave('workspaceFolder', `the repository is always at ${WORKSPACE}`);
  const variables = variablesOf(file, notes);
  const secrets = secretsOf(file, notes);
  for (const name of Object.keys(file)) if (!TAKEN.has(name)) notes.leave(name, Object.hasOwn(REFUSED, name) ? (REFUSED[name] ?? '') : 'Drydock does not know it');
  return { environment: { ...DEFAULT_ENVIRONMENT, image, dockerfile, setup, maintenance, variables, secrets }, reasons, notTaken };
};
