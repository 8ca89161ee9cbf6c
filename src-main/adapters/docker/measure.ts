import { EngineFailure, type ContainerUsage } from '../../ports/container-engine.ts';
import { withTimeout } from './engine-call.ts';
import type { EngineContext } from './engine-context.ts';
import { requireContainerName } from './engine-names.ts';

/** The part of the engine's statistics that is used; of a container that does not run most is missing or zero. */
interface Statistics {
  readonly read: string;
  readonly cpu_stats?: { readonly cpu_usage?: { readonly total_usage?: number } };
  readonly memory_stats?: { readonly usage?: number; readonly stats?: Readonly<Record<string, number>> };
}

/** As the Docker CLI does (calculateMemUsageUnixNoCache): control groups v1 name the cache one way, v2 the other. */
const withoutCache = (usage: number, parts: Readonly<Record<string, number>>): number => {
  const cache = parts['total_inactive_file'] ?? parts['inactive_file'] ?? 0;
  return cache < usage ? usage - cache : usage;
};

/** Milliseconds with what the engine says below them, which Date leaves out. */
const preciseMs = (time: string): number => {
  const [, below = ''] = /\.\d{3}(\d*)Z?$/.exec(time) ?? [];
  return Date.parse(time) + (below === '' ? 0 : Number(`0.${below}`));
};

/**
 * One reading. `one-shot` keeps the engine from taking a second one a moment later to compare with, which would take it
 * one to two seconds (API 1.41).
 */
export const measure = async (context: EngineContext, name: string): Promise<ContainerUsage> => {
  const { read, cpu_stats, memory_stats } = await withTimeout('measure', context.timeouts.callMs, { container: name }, (signal) =>
    context.link.get<Statistics>(`/containers/${requireContainerName(name)}/stats?stream=0&one-shot=1`, signal),
  );
  const at = preciseMs(read);
  const memory = memory_stats?.usage;
  // The year 1, or no memory: the engine describes one that does not run.
  if (!(at > 0) || memory === undefined) throw new EngineFailure({ kind: 'refused', message: `${name} is not running` });
  return { at, cpuMs: (cpu_stats?.cpu_usage?.total_usage ?? 0) / 1e6, memoryBytes: withoutCache(memory, memory_stats?.stats ?? {}) };
};
