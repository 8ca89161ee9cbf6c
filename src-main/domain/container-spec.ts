import type { Environment, Limits } from '../contract/project.ts';

/**
 * Everything that may be said to the engine about a container. An allow-list by shape: there is no field for mounts,
 * devices, host namespaces, capabilities beyond one, or security options, so nothing can ask for them.
 */
export interface ContainerSpec {
  readonly name: string;
  readonly image: string;
  readonly command: readonly string[];
  /** Numeric, so that the image's own /etc/passwd has no say. */
  readonly user: string;
  readonly workingDirectory: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly network: 'none' | 'bridge';
  readonly limits: Pick<Limits, 'cpus' | 'memoryBytes' | 'processes'>;
  /** The only capability that can be asked for: reading files of mode 000 while collecting. */
  readonly readsEveryFile: boolean;
  /** Paths to cover with an empty tmpfs, with their size in bytes. */
  readonly tmpfs: Readonly<Record<string, number>>;
  /** Whether the standard input is open for one attached writer. */
  readonly openStdin: boolean;
}

/** Whom the agent runs as. The base image has this user; in any other image the number alone does. */
export const AGENT_USER = '1000:1000';
export const AGENT_UID = 1000;
export const WORKSPACE = '/workspace';
const HOME = '/home/agent';

/** The collector's two containers: one lists the workspace, the other writes its changes. */
export type CollectRole = 'collect-list' | 'collect-write';

/** Roles of the containers of a turn; with run and turn they make the name, so that a repeat collides. */
export type ContainerRole = 'setup' | 'work' | CollectRole | `check-${number}-${'base' | 'result'}` | `check-${number}-selection-${string}`;

export const LABEL = { run: 'drydock.run', phase: 'drydock.phase', intent: 'drydock.intent', owner: 'drydock.data' } as const;

/** Name of a container: derived from the intent, so that making it twice is impossible. */
export const containerName = (runId: string, turn: number, role: ContainerRole): string =>
  `drydock-${runId.replace('_', '-')}-${turn}-${role}`;

export interface SpecRequest {
  readonly runId: string;
  readonly turn: number;
  readonly role: ContainerRole;
  readonly image: string;
  /** Marks the data directory that owns the object, so that two installations on one engine never touch each other's. */
  readonly owner: string;
  readonly environment: Environment;
  readonly workingDirectory: string;
}

const base = (request: SpecRequest): Omit<ContainerSpec, 'command' | 'network' | 'user' | 'readsEveryFile' | 'openStdin'> => ({
  name: containerName(request.runId, request.turn, request.role),
  image: request.image,
  workingDirectory: request.workingDirectory === '' ? WORKSPACE : `${WORKSPACE}/${request.workingDirectory}`,
  environment: { HOME, LANG: 'C.UTF-8', TERM: 'dumb', CI: '1', DRYDOCK: '1', ...request.environment.variables },
  labels: {
    [LABEL.owner]: request.owner,
    [LABEL.run]: request.runId,
    [LABEL.phase]: request.role,
    [LABEL.intent]: `${request.runId}/${request.turn}/${request.role}`,
  },
  limits: request.environment.limits,
  tmpfs: {},
});

/** bash where the image has it, else sh; both streams joined, so that the log keeps the order of writing. */
const shell = (command: string): string[] => [
  '/bin/sh',
  '-c',
  'if command -v bash >/dev/null 2>&1; then exec bash -c "$1" 2>&1; else exec /bin/sh -c "$1" 2>&1; fi',
  'drydock',
  command,
];

/** The work phase and checks: no network but loopback, not root. The command is the main process: its output outlives Drydock. */
export const workSpec = (request: SpecRequest, command: string): ContainerSpec => ({
  ...base(request),
  command: shell(command),
  user: AGENT_USER,
  network: 'none',
  readsEveryFile: false,
  openStdin: false,
});

/** Runs the command after deleting the paths that `list`, a NUL-separated file, names: what an archive laid on top cannot do. */
export const afterDeleting = (list: string, command: string): string => `xargs -0 rm -rf -- < '${list}' || exit 125\n${command}`;

/** The setup phase: online, waiting for the script to be run by exec, where secrets can be given to one process only. */
export const setupSpec = (request: SpecRequest): ContainerSpec => ({
  ...base(request),
  command: ['/bin/sh', '-c', 'trap "exit 0" TERM; while :; do sleep 3600 & wait $!; done'],
  user: AGENT_USER,
  network: 'bridge',
  readsEveryFile: false,
  openStdin: false,
});

/** Said aloud and empty, because an image's own environment would be inherited and steer the loader. */
const NO_LOADER_VARIABLES = { LD_PRELOAD: '', LD_AUDIT: '', LD_LIBRARY_PATH: '', GLIBC_TUNABLES: '' };
/** Covers `/etc`, whose ld.so.preload the loader obeys; the engine's own few files are all that is written there. */
const ETC_BYTES = 2 ** 20;
/** Packing files of 200 MB needs more than the smallest run has. */
const LEAST_COLLECT_BYTES = 2 ** 30;

/**
 * The collector: runs the command, which is the toolkit's, over the file system that a run left. Root without any
 * capability but reading, no network; the working directory is one that nothing can have replaced.
 */
export const collectSpec = (request: Omit<SpecRequest, 'role' | 'workingDirectory'> & { readonly role: CollectRole }, command: readonly string[]): ContainerSpec => {
  const spec = base({ ...request, workingDirectory: '' });
  return {
    ...spec,
    command,
    user: '0:0',
    workingDirectory: '/',
    environment: NO_LOADER_VARIABLES,
    network: 'none',
    limits: { ...spec.limits, memoryBytes: Math.max(spec.limits.memoryBytes, LEAST_COLLECT_BYTES) },
    readsEveryFile: true,
    tmpfs: { '/etc': ETC_BYTES },
    openStdin: false,
  };
};

/** Runs a command of Drydock's own in Drydock's own image, to gather the toolkit. */
export const toolkitSpec = (image: string, owner: string, command: readonly string[]): ContainerSpec => ({
  name: `drydock-toolkit-${owner}`,
  image,
  command,
  user: AGENT_USER,
  workingDirectory: '/',
  environment: {},
  labels: { [LABEL.owner]: owner, [LABEL.phase]: 'toolkit' },
  network: 'none',
  limits: { cpus: 1, memoryBytes: 512 * 2 ** 20, processes: 64 },
  readsEveryFile: false,
  tmpfs: {},
  openStdin: false,
});
