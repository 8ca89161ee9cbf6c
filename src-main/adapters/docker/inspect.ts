import type Docker from 'dockerode';
import type { ContainerFacts } from '../../ports/container-engine.ts';
import { onContainer, type EngineContext } from './engine-context.ts';
import { isOfKind } from './engine-fault.ts';

/** Paused and restarting containers still hold their processes; a dead or removing one never runs again. */
const stateOf = (status: string): ContainerFacts['state'] => {
  switch (status) {
    case 'created':
    // Podman's words for the same.
    case 'configured':
    case 'initialized':
      return 'created';
    case 'exited':
    case 'dead':
    case 'removing':
    case 'stopped':
      return 'ended';
    default:
      return 'running';
  }
};

/** The engine says the year 1 of what never was. */
const instantOf = (time: string): number | null => {
  const ms = Date.parse(time);
  return Number.isNaN(ms) || ms <= 0 ? null : ms;
};

const JOINED = 'container:';

const networkOf = (mode: string): Pick<ContainerFacts, 'network' | 'joins'> => {
  if (mode === 'none') return { network: 'none' };
  return mode.startsWith(JOINED) ? { network: 'joined', joins: mode.slice(JOINED.length) } : { network: 'bridge' };
};

const factsFrom = (info: Docker.ContainerInspectInfo): ContainerFacts => {
  const state = stateOf(info.State.Status);
  return {
    id: info.Id,
    name: info.Name.replace(/^\//, ''),
    labels: info.Config.Labels ?? {},
    state,
    exit: state === 'ended' ? { exitCode: info.State.ExitCode, outOfMemory: info.State.OOMKilled } : null,
    startedAt: instantOf(info.State.StartedAt),
    takesInput: info.Config.OpenStdin,
    ...networkOf(info.HostConfig.NetworkMode ?? ''),
    limits: {
      cpus: info.HostConfig.NanoCpus ? info.HostConfig.NanoCpus / 1e9 : null,
      memoryBytes: info.HostConfig.Memory || null,
    },
    ...(info.State.Status === 'removing' || info.State.Status === 'dead' ? { beingRemoved: true } : {}),
  };
};

/** The engine's whole description. Rejects with noSuchContainer. */
export const inspectInfo = (context: EngineContext, name: string): Promise<Docker.ContainerInspectInfo> =>
  onContainer(context, 'inspect', name, (container, abortSignal) => container.inspect({ abortSignal }));

/** Rejects with noSuchContainer. */
export const requireContainer = async (context: EngineContext, name: string): Promise<ContainerFacts> =>
  factsFrom(await inspectInfo(context, name));

/** null: a successful look found none. */
export const inspect = async (context: EngineContext, name: string): Promise<ContainerFacts | null> => {
  try {
    return await requireContainer(context, name);
  } catch (error) {
    if (isOfKind(error, 'noSuchContainer')) return null;
    throw error;
  }
};

/**
 * Apparent size in bytes of what the container wrote. The engine walks the container's layer for it, so it may take
 * longer than other calls.
 */
export const writtenBytes = async (context: EngineContext, name: string): Promise<number> => {
  const info = await onContainer(
    context,
    'writtenBytes',
    name,
    // The client library's types do not know the option; the engine calls it `size`.
    (container, abortSignal) => container.inspect({ abortSignal, size: true } as Docker.ContainerInspectOptions),
    context.timeouts.callMs + context.timeouts.idleMs,
  );
  return (info as Docker.ContainerInspectInfo & { SizeRw?: number }).SizeRw ?? 0;
};

/** Containers that carry every one of these labels, ended ones too. */
export const listContainers = async (
  context: EngineContext,
  list: () => Promise<Docker.ContainerInfo[]>,
): Promise<readonly ContainerFacts[]> => {
  const found = await list();
  const looked = await Promise.all(found.map(({ Id }) => inspect(context, Id)));
  // What went away between the two looks is not there.
  return looked.filter((facts) => facts !== null);
};
