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

export type LogDriver = 'local' | 'json-file';

/**
 * What the engine is asked to create. Everything that an image could say about how it is run is overridden: the whole
 * command goes into Entrypoint, since an image's Cmd is then never appended and its Entrypoint never runs.
 */
export const createBody = (spec: ContainerSpec, log: LogDriver): Docker.ContainerCreateOptions => ({
  name: spec.name,
  Image: spec.image,
  Entrypoint: [...spec.command],
  Cmd: [],
  User: spec.user,
  WorkingDir: spec.workingDirectory,
  Env: Object.entries(spec.environment).map(([name, value]) => `${name}=${value}`),
  Labels: { ...spec.labels },
  Hostname: 'drydock',
  Healthcheck: { Test: ['NONE'] },
  StopSignal: 'SIGTERM',
  OpenStdin: spec.openStdin,
  StdinOnce: spec.openStdin,
  Tty: false,
  HostConfig: {
    NetworkMode: spec.network,
    CapDrop: ['ALL'],
    CapAdd: spec.readsEveryFile ? ['DAC_READ_SEARCH'] : [],
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
      Object.entries(spec.tmpfs).map(([path, bytes]) => [path, `rw,noexec,nosuid,nodev,mode=1777,size=${bytes}`]),
    ),
    LogConfig: { Type: log, Config: { 'max-size': String(LOG_FILE_BYTES), 'max-file': String(LOG_FILES), compress: 'false' } },
    AutoRemove: false,
    RestartPolicy: { Name: 'no' },
  },
});
