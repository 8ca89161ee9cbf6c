import type Docker from 'dockerode';
import type { ContainerSpec } from '../../domain/container-spec.ts';

const MiB = 1024 * 1024;
/** Docker's own default, said aloud: Chromium and PostgreSQL need it, and it counts as the container's memory. */
const SHM_BYTES = 64 * MiB;
/**
 * Enough for file watchers and browsers; the engine's own default can be a million, which exhausts the host. An engine
 * that is itself limited (in a container, rootless) refuses what is above its own limit, 20,000 being a common one.
 */
const OPEN_FILES = 16_384;
/** What the engine keeps of a container's output; older output is dropped. */
const LOG_FILE_BYTES = 64 * MiB;
const LOG_FILES = 4;

/** Owning files as others, and becoming others, inside the container: what apt, dnf and apk do. Nothing that reaches out of it. */
const PACKAGE_CAPABILITIES = ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'SETGID', 'SETUID'];

/** What the entrypoints of common server images do before they become the server's own user. Nothing that reaches out of the container. */
const SERVER_CAPABILITIES = ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'SETGID', 'SETUID'];

export type LogDriver = 'local' | 'json-file';

const networkMode = (network: ContainerSpec['network']): string => {
  if (network === 'none') return network;
  return 'bridge' in network ? network.bridge : `container:${network.of}`;
};

const capabilities = (spec: ContainerSpec): string[] => [
  ...(spec.readsEveryFile ? ['DAC_READ_SEARCH'] : []),
  ...(spec.installsPackages ? PACKAGE_CAPABILITIES : []),
  ...(spec.asImageSays === null ? [] : SERVER_CAPABILITIES),
];

/** The whole command goes into Entrypoint, since an image's Cmd is then never appended and its Entrypoint never runs. */
const started = ({ command, asImageSays }: ContainerSpec): Pick<Docker.ContainerCreateOptions, 'Entrypoint' | 'Cmd'> => {
  if (asImageSays === null) return { Entrypoint: [...command], Cmd: [] };
  return command.length === 0 ? {} : { Cmd: [...command] };
};

/** What is covered with memory: for a server also what its image declares as volumes, so that no data of it is on the disk of the engine. */
const covered = ({ tmpfs, asImageSays }: ContainerSpec, volumes: readonly string[]): [path: string, bytes: number][] => [
  ...Object.entries(tmpfs),
  ...(asImageSays === null ? [] : volumes.map((path): [string, number] => [path.replace(/(?<=.)\/+$/, ''), asImageSays.volumeBytes])),
];

/**
 * What the engine is asked to create. Everything that an image could say about how it is run is overridden, but for a server, which
 * starts as its image says. `volumes`: those that the image declares.
 */
export const createBody = (spec: ContainerSpec, log: LogDriver, volumes: readonly string[] = []): Docker.ContainerCreateOptions => ({
  name: spec.name,
  Image: spec.image,
  ...started(spec),
  User: spec.user,
  WorkingDir: spec.workingDirectory,
  Env: Object.entries(spec.environment).map(([name, value]) => `${name}=${value}`),
  Labels: { ...spec.labels },
  // A network that is another container's has that one's name, and its resolver.
  ...(spec.network === 'none' || 'bridge' in spec.network ? { Hostname: 'drydock' } : {}),
  Healthcheck: { Test: ['NONE'] },
  StopSignal: 'SIGTERM',
  OpenStdin: spec.stdin !== 'closed',
  StdinOnce: spec.stdin === 'once',
  Tty: false,
  HostConfig: {
    NetworkMode: networkMode(spec.network),
    // Without this the engine writes the host's own resolver and search names into a container that has no use for them.
    ...(spec.network === 'none' ? { Dns: ['127.0.0.1'], DnsSearch: ['.'] } : {}),
    ReadonlyRootfs: spec.readOnly,
    CapDrop: ['ALL'],
    CapAdd: capabilities(spec),
    SecurityOpt: ['no-new-privileges'],
    Privileged: false,
    Init: true,
    IpcMode: 'private',
    PidsLimit: spec.limits.processes,
    Memory: spec.limits.memoryBytes,
    MemorySwap: spec.limits.memoryBytes,
    NanoCpus: Math.round(spec.limits.cpus * 1e9),
    Ulimits: [
      { Name: 'nofile', Soft: OPEN_FILES, Hard: OPEN_FILES },
      // A core dump would be written by the host's own handler.
      { Name: 'core', Soft: 0, Hard: 0 },
    ],
    ShmSize: SHM_BYTES,
    Tmpfs: Object.fromEntries(
      covered(spec, volumes).map(([path, bytes]) => [path, `rw,noexec,nosuid,nodev,mode=1777,size=${bytes}`]),
    ),
    LogConfig: !spec.keepsLog ? { Type: 'none', Config: {} } : { Type: log, Config: { 'max-size': String(LOG_FILE_BYTES), 'max-file': String(LOG_FILES), compress: 'false' } },
    AutoRemove: false,
    RestartPolicy: { Name: 'no' },
  },
});
