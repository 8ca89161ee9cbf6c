import type { Environment, Limits } from '../contract/project.ts';

/**
 * Everything that may be said to the engine about a container. An allow-list by shape: there is no field for mounts,
 * devices, host namespaces, capabilities beyond one, or security options, so nothing can ask for them.
 */
export interface ContainerSpec {
  readonly name: string;
  readonly image: string;
  readonly command: readonly string[];
  /** Numeric, so that the image's own /etc/passwd has no say; '': see `asImageSays`. */
  readonly user: string;
  readonly workingDirectory: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  /** `bridge`: a network of this name, made for it alone; `of`: that of another container. */
  readonly network: 'none' | { readonly bridge: string } | { readonly of: string };
  readonly limits: Pick<Limits, 'cpus' | 'memoryBytes' | 'processes'>;
  /** The only capability that can be asked for: reading files of mode 000 while collecting. */
  readonly readsEveryFile: boolean;
  /** What a package manager of a distribution needs of root, for a setup that is allowed to install packages. */
  readonly installsPackages: boolean;
  /** Paths to cover with an empty tmpfs, with their size in bytes. */
  readonly tmpfs: Readonly<Record<string, number>>;
  /** `once`: open for one attached writer, and ended with it; `kept`: open for one writer after the other. */
  readonly stdin: 'closed' | 'once' | 'kept';
  /** Whether the engine keeps its output for later readers. */
  readonly keepsLog: boolean;
  /** Whether nothing can be written outside of its tmpfs. */
  readonly readOnly: boolean;
  /**
   * Set: it starts as its image says, as a server does. `command` then stands for the image's own command after its entrypoint (empty: as the image says);
   * '' is the image's own user and folder; it may give files to other users of its container and become one; a volume that the
   * image declares is a tmpfs of so many bytes. null: the image has no say.
   */
  readonly asImageSays: { readonly volumeBytes: number } | null;
}

/** What most containers have of the rare: nothing. */
export const PLAIN = { readsEveryFile: false, installsPackages: false, tmpfs: {}, stdin: 'closed', keepsLog: true, readOnly: false, asImageSays: null } as const satisfies Partial<ContainerSpec>;

/** Whom the agent runs as. The base image has this user; in any other image the number alone does. */
export const AGENT_USER = '1000:1000';
export const AGENT_UID = 1000;
export const ROOT_USER = '0:0';
export const WORKSPACE = '/workspace';
const HOME = '/home/agent';

/** The collector's two containers: one lists the workspace, the other writes its changes. */
export type CollectRole = 'collect-list' | 'collect-write';

/** Roles of the containers of a turn; with run and turn they make the name, so that a repeat collides. */
export type ContainerRole = 'setup' | 'scan' | `ready-${string}` | 'registries' | 'work' | 'relay' | CollectRole | `check-${number}-${'base' | 'result'}` | `check-${number}-selection-${string}`;

export const LABEL = { run: 'drydock.run', phase: 'drydock.phase', intent: 'drydock.intent', owner: 'drydock.data', warm: 'drydock.warm' } as const;

/** Name of a container: derived from the intent, so that making it twice is impossible. */
export const containerName = (runId: string, turn: number, role: ContainerRole): string =>
  `drydock-${runId.replace('_', '-')}-${turn}-${role}`;

/** What marks a container of a turn. */
export const roleLabels = (owner: string, runId: string, turn: number, role: ContainerRole): Readonly<Record<string, string>> => ({
  ...ownLabels(owner, runId),
  [LABEL.phase]: role,
  [LABEL.intent]: `${runId}/${turn}/${role}`,
});

/** Parts of what is made ahead. */
export type AheadRole = Extract<ContainerRole, 'work' | 'relay'>;

/** Name and labels of a container that is made ahead of any run. The run that takes it renames it to the name that it would have made it with. */
const markedAhead = (owner: string, warm: string, role: AheadRole): Pick<ContainerSpec, 'name' | 'labels'> => ({
  name: `drydock-warm-${warm}-${role}`,
  labels: { [LABEL.owner]: owner, [LABEL.warm]: warm, [LABEL.phase]: role, [LABEL.intent]: `warm/${warm}/${role}` },
});

/**
 * Whose container it is: what its label says, or, of one that was made ahead, the name that the run gave it; null: no run's. Names are
 * the engine's and unique, and a rename is whole or not at all.
 */
export const runOf = ({ name, labels }: Pick<ContainerSpec, 'name' | 'labels'>): string | null => {
  if (labels[LABEL.warm] === undefined) return labels[LABEL.run] ?? null;
  const taken = /^drydock-run-([0-9a-z]+)-\d+-/.exec(name);
  return taken === null ? null : `run_${taken[1]}`;
};

/** What marks every object of a run. */
export const ownLabels = (owner: string, runId: string): Readonly<Record<string, string>> => ({ [LABEL.owner]: owner, [LABEL.run]: runId });

/** Name of the network that a run's setup, or its work with full internet, has to itself. */
export const networkName = (runId: string, turn: number): string => `drydock-${runId.replace('_', '-')}-${turn}-net`;

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

/** The network that a container gets, and how programs in it find their way: these variables come before the environment's own. */
export interface Surroundings {
  readonly network: ContainerSpec['network'];
  readonly variables: Readonly<Record<string, string>>;
}

/** Loopback alone. */
const SEALED: Surroundings = { network: 'none', variables: {} };

const base = (request: SpecRequest, variables: Surroundings['variables'] = {}): Omit<ContainerSpec, 'command' | 'network' | 'user'> => ({
  ...PLAIN,
  name: containerName(request.runId, request.turn, request.role),
  image: request.image,
  workingDirectory: request.workingDirectory === '' ? WORKSPACE : `${WORKSPACE}/${request.workingDirectory}`,
  environment: { HOME, LANG: 'C.UTF-8', TERM: 'dumb', CI: '1', DRYDOCK: '1', ...request.environment.variables, ...variables },
  labels: roleLabels(request.owner, request.runId, request.turn, request.role),
  limits: request.environment.limits,
});

/** bash where the image has it, else sh; both streams joined, so that the log keeps the order of writing. */
const IN_BASH = 'if command -v bash >/dev/null 2>&1; then exec bash -c "$1" 2>&1; else exec /bin/sh -c "$1" 2>&1; fi';
const shell = (command: string): string[] => ['/bin/sh', '-c', IN_BASH, 'drydock', command];

/** The work phase and checks: loopback alone unless the run's policy says more, not root. The command is the main process: its output outlives Drydock. */
export const workSpec = (request: SpecRequest, command: string, { network, variables }: Surroundings = SEALED): ContainerSpec => ({
  ...base(request, variables),
  command: shell(command),
  user: AGENT_USER,
  network,
});

/**
 * What a container that was made ahead does until its command is known: waits for one whole line of standard input that carries it, and
 * becomes it, with no standard input. The rest of a line that a killed service left is no line of this form, and a second one is not read.
 */
const awaiting = (before: string): string[] => [
  '/bin/sh',
  '-c',
  [
    before,
    "drydock_line=; until case $drydock_line in 'run '*'\\.') ;; *) false ;; esac; do IFS= read -r drydock_line || exit 125; done",
    "drydock_line=${drydock_line#run }; drydock_line=$(printf '%b.' \"${drydock_line%??}\"); set -- \"${drydock_line%.}\"; exec </dev/null",
    IN_BASH,
  ].join('\n'),
];

/** The line, for `printf %b`: a backslash in it is followed by 0 or n, so that only its end looks like the end. */
export const startLine = (command: string): string => `\nrun ${command.replaceAll('\\', String.raw`\0134`).replaceAll('\n', String.raw`\n`)}\\.\n`;

/** A run's container as it is made ahead, before there is a run: with a name and labels of its own, which are of no run, and without a command. `before`: what it does first. */
export const aheadWorkSpec = (request: Omit<SpecRequest, 'runId' | 'turn' | 'role'> & { readonly warm: string }, { network, variables }: Surroundings = SEALED, before = ''): ContainerSpec => ({
  ...base({ ...request, runId: '', turn: 1, role: 'work' }, variables),
  ...markedAhead(request.owner, request.warm, 'work'),
  command: awaiting(before),
  user: AGENT_USER,
  network,
  stdin: 'kept',
});

/** Makes an environment ready for a check: setup's script as the main process, as whom setup runs, in a network that is not setup's, without secrets. */
export const readySpec = (request: SpecRequest, command: string, surroundings: Surroundings | undefined): ContainerSpec => ({
  ...workSpec({ ...request, workingDirectory: '' }, command, surroundings),
  ...(request.environment.setupAsRoot ? { user: ROOT_USER, installsPackages: true } : {}),
});

/**
 * Runs the command after deleting what two NUL-separated lists name: what an archive laid on top cannot do. Folders go only where nothing is left in them:
 * what setup made there stays, as with git.
 */
export const afterDeleting = ({ files, folders }: { readonly files: string; readonly folders: string }, command: string): string =>
  `xargs -0 rm -rf -- < '${files}' || exit 125\nxargs -0 rmdir -- < '${folders}' 2>/dev/null || true\n${command}`;

/** A shell script that waits until it is told to end. */
export const WAIT_FOR_THE_END = 'trap "exit 0" TERM; while :; do sleep 3600 & wait $!; done';

/** The setup phase: online, waiting for the script to be run by exec, where secrets can be given to one process only. */
export const setupSpec = (request: SpecRequest, secrets: { readonly folder: string; readonly bytes: number } | null, network: ContainerSpec['network']): ContainerSpec => ({
  ...base(request),
  installsPackages: request.environment.setupAsRoot,
  tmpfs: secrets === null ? {} : { [secrets.folder]: secrets.bytes },
  command: ['/bin/sh', '-c', WAIT_FOR_THE_END],
  user: AGENT_USER,
  network,
});

/** Said aloud and empty, because an image's own environment would be inherited and steer the loader. */
const NO_LOADER_VARIABLES = { LD_PRELOAD: '', LD_AUDIT: '', LD_LIBRARY_PATH: '', GLIBC_TUNABLES: '' };
/** Covers `/etc`, whose ld.so.preload the loader obeys; the engine's own few files are all that is written there. */
const ETC_BYTES = 2 ** 20;
/** Packing files of 200 MB needs more than the smallest run has. */
const LEAST_COLLECT_BYTES = 2 ** 30;

/**
 * Over a file system that is not trusted: root without any capability but reading, no network; the working directory is one
 * that nothing can have replaced.
 */
const overLeftFiles = (request: Omit<SpecRequest, 'workingDirectory'>, command: readonly string[]): ContainerSpec => {
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
  };
};

/** Runs the command, which is the toolkit's, over the file system that a run left. */
export const collectSpec = (request: Omit<SpecRequest, 'role' | 'workingDirectory'> & { readonly role: CollectRole }, command: readonly string[]): ContainerSpec =>
  overLeftFiles(request, command);

/** Searches what setup left: as the collector, with its output for the one who is attached, since it is all that setup wrote. */
export const scanSpec = (request: Omit<SpecRequest, 'role' | 'workingDirectory'>, command: readonly string[]): ContainerSpec => ({
  ...overLeftFiles({ ...request, role: 'scan' }, command),
  keepsLog: false,
});

/** Runs a command of Drydock's own in Drydock's own image, to gather the toolkit. */
export const toolkitSpec = (image: string, owner: string, command: readonly string[]): ContainerSpec => ({
  ...PLAIN,
  name: `drydock-toolkit-${owner}`,
  image,
  command,
  user: AGENT_USER,
  workingDirectory: '/',
  environment: {},
  labels: { [LABEL.owner]: owner, [LABEL.phase]: 'toolkit' },
  network: 'none',
  limits: { cpus: 1, memoryBytes: 512 * 2 ** 20, processes: 64 },
});

export interface RelayRequest {
  readonly runId: string;
  readonly turn: number;
  readonly owner: string;
  /** Drydock's own image, which has Node. */
  readonly image: string;
  /** The relay's program: handed over as an argument, so that nothing has to be put into the container. */
  readonly source: string;
}

/** The relay of a network that is made ahead of any run. */
export const aheadRelaySpec = ({ warm, ...request }: Omit<RelayRequest, 'runId' | 'turn'> & { readonly warm: string }): ContainerSpec => ({
  ...relaySpec({ ...request, runId: '', turn: 1 }),
  ...markedAhead(request.owner, warm, 'relay'),
});

/** Holds the network of a run, with loopback alone, and carries what comes in on it to the service over standard input and output. */
export const relaySpec = (request: RelayRequest): ContainerSpec => ({
  ...PLAIN,
  name: containerName(request.runId, request.turn, 'relay'),
  image: request.image,
  // Most of what it holds is outside of the heap: connections and their windows.
  command: ['node', '--max-old-space-size=48', '-e', request.source],
  user: AGENT_USER,
  workingDirectory: '/',
  environment: {},
  labels: roleLabels(request.owner, request.runId, request.turn, 'relay'),
  network: 'none',
  limits: { cpus: 2, memoryBytes: 128 * 2 ** 20, processes: 32 },
  stdin: 'kept',
  keepsLog: false,
  readOnly: true,
});
