import { hostname } from 'node:os';
import type Docker from 'dockerode';
import type { EngineDetails } from '../../ports/container-engine.ts';
import { withTimeout } from './engine-call.ts';
import type { EngineContext } from './engine-context.ts';

/** The part of the engine's own description that is used; older and other engines leave some of it out. */
interface EngineInfo {
  readonly Name?: string;
  readonly DockerRootDir?: string;
  readonly OperatingSystem?: string;
  readonly SecurityOptions?: readonly string[] | null;
  readonly Driver?: string;
  readonly DriverStatus?: readonly (readonly string[])[] | null;
  readonly CgroupVersion?: string;
  readonly LiveRestoreEnabled?: boolean;
  readonly ExperimentalBuild?: boolean;
  readonly MemoryLimit?: boolean;
  readonly SwapLimit?: boolean;
  readonly PidsLimit?: boolean;
  readonly CpuCfsQuota?: boolean;
  readonly RegistryConfig?: {
    readonly InsecureRegistryCIDRs?: readonly string[] | null;
    readonly IndexConfigs?: Readonly<Record<string, { readonly Name: string; readonly Secure: boolean }>> | null;
  } | null;
}

/** The engine trusts those on its own machine by itself. */
const LOOPBACK = ['127.0.0.0/8', '::1/128'];

const insecure = ({ RegistryConfig }: EngineInfo): string[] => [
  ...(RegistryConfig?.InsecureRegistryCIDRs ?? []).filter((range) => !LOOPBACK.includes(range)),
  ...Object.values(RegistryConfig?.IndexConfigs ?? {}).filter(({ Secure }) => !Secure).map(({ Name }) => Name),
];

/** `docker version` calls it Engine, Podman calls it Podman Engine. */
const partOf = (name: string): string => (/engine/i.test(name) ? 'engine' : name.toLowerCase());

/** What the engine is made of and how it is set up. A limit that it does not speak of is taken as enforced: the self-test shows. */
export const details = (context: EngineContext): Promise<EngineDetails> =>
  withTimeout('facts', context.timeouts.callMs, {}, async (signal) => {
    const [version, info] = await Promise.all([
      context.link.get<Docker.DockerVersion>('/version', signal),
      context.link.get<EngineInfo>('/info', signal),
    ]);
    const parts = (version.Components ?? []).map(({ Name, Version }) => [partOf(Name), Version] as const);
    return {
      versions: { engine: version.Version, ...Object.fromEntries(parts) },
      securityOptions: info.SecurityOptions ?? [],
      storageDriver: info.Driver ?? '',
      fileSystem: info.DriverStatus?.find(([name]) => name === 'Backing Filesystem')?.[1] ?? null,
      cgroupVersion: info.CgroupVersion ?? null,
      operatingSystem: info.OperatingSystem ?? '',
      isLiveRestored: info.LiveRestoreEnabled === true,
      isExperimental: info.ExperimentalBuild === true,
      insecureRegistries: insecure(info),
      limits: { memory: info.MemoryLimit !== false, swap: info.SwapLimit !== false, processes: info.PidsLimit !== false, cpus: info.CpuCfsQuota !== false },
      rootDirectory: info.DockerRootDir ?? '',
      // A virtual machine has a name of its own: its paths are not this machine's, even where both have one of that name.
      isLocal: context.socket !== null && info.Name === hostname(),
      socket: context.socket,
    };
  });
