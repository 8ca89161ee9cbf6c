import { runId } from '../../contract/ids.ts';
import type { MeasuredContainer, Measurement } from '../../contract/live.ts';
import { LABEL, runOf } from '../../domain/container-spec.ts';
import type { ContainerEngine, ContainerFacts, ContainerUsage } from '../../ports/container-engine.ts';
import type { Deps } from '../deps.ts';

/** Between the end of one measurement and the next, in milliseconds. */
const EVERY_MS = 2_000;
/** The engine walks a container's layer to tell what it wrote: asked at most so often of each. */
const WRITTEN_EVERY_MS = 10_000;

type MeterDeps = Pick<Deps, 'engines' | 'clock' | 'owner' | 'dataDirectory' | 'disks'>;

/** Measures the fleet while somebody listens, for all listeners at once; without one nothing is asked of anybody. */
export interface FleetMeter {
  watch(signal: AbortSignal): AsyncGenerator<Measurement, void>;
}

/** What a container reaches: one that joined another's network reaches what that one does, which is a relay's allow-list or whatever the holder has. */
const reachOf = ({ network, joins }: ContainerFacts, found: readonly ContainerFacts[]): ContainerFacts['network'] => {
  const holder = joins === undefined ? undefined : found.find(({ id, name }) => id === joins || name === joins);
  return holder === undefined || holder.labels[LABEL.phase] === 'relay' ? network : holder.network;
};

/** What has to be remembered from one measurement to the next. Dropped when the last listener goes. */
const createReadings = (clock: Deps['clock']) => {
  const usages = new Map<string, ContainerUsage>();
  const written = new Map<string, { bytes: number | null; askedAt: number; state: string }>();
  let asking = false;

  /** Cores in use since the reading before; null for the first. */
  const coresOf = (id: string, usage: ContainerUsage): number | null => {
    const before = usages.get(id);
    usages.set(id, usage);
    return before === undefined || usage.at <= before.at ? null : Math.max(0, (usage.cpuMs - before.cpuMs) / (usage.at - before.at));
  };

  /** One container after the other, beside the measuring: a large layer takes the engine seconds. */
  const askWritten = async (engine: ContainerEngine, found: readonly ContainerFacts[]): Promise<void> => {
    if (asking) return;
    asking = true;
    try {
      for (const { id, state } of found) {
        const known = written.get(id);
        const isDue = known === undefined || (known.state !== 'ended' && clock.monotonic() - known.askedAt >= WRITTEN_EVERY_MS);
        if (isDue) written.set(id, { bytes: await engine.writtenBytes(id).catch(() => known?.bytes ?? null), askedAt: clock.monotonic(), state });
      }
    } finally {
      asking = false;
    }
  };

  const measured = async (engine: ContainerEngine, facts: ContainerFacts, network: string): Promise<MeasuredContainer> => {
    const { id, name, labels, state, startedAt, limits } = facts;
    const run = runId.safeParse(runOf(facts));
    const part = labels[LABEL.phase] ?? '';
    // One that ends at this moment has no use any more; the next list says so.
    const usage = state === 'running' ? await engine.measure(id).catch(() => null) : null;
    return {
      id, name, state, startedAt, network,
      runId: run.success ? run.data : null,
      // As long as no run has taken it.
      role: labels[LABEL.warm] !== undefined && !run.success ? `warm-${part}` : part,
      cpus: usage === null ? null : coresOf(id, usage),
      cpuLimit: limits.cpus,
      memoryBytes: usage?.memoryBytes ?? null,
      memoryLimit: limits.memoryBytes,
      writtenBytes: written.get(id)?.bytes ?? null,
    };
  };

  const forgetBesides = (found: readonly ContainerFacts[]): void => {
    const there = new Set(found.map(({ id }) => id));
    for (const known of [usages, written]) for (const id of known.keys()) if (!there.has(id)) known.delete(id);
  };

  return {
    /** Every container of this installation. An engine that is away, or goes away meanwhile, has none to show. */
    containers: async (engine: ContainerEngine | null, owner: string): Promise<MeasuredContainer[]> => {
      if (engine === null) return [];
      try {
        const found = await engine.containers({ [LABEL.owner]: owner });
        forgetBesides(found);
        void askWritten(engine, found);
        return await Promise.all(found.map((facts) => measured(engine, facts, reachOf(facts, found))));
      } catch {
        return [];
      }
    },
  };
};

export const createFleetMeter = ({ engines, clock, owner, dataDirectory, disks }: MeterDeps): FleetMeter => {
  const listeners = new Set<() => void>();
  let latest: Measurement | null = null;
  let isMeasuring = false;

  const wakeAll = (): void => {
    for (const wake of [...listeners]) wake();
  };

  const loop = async (): Promise<void> => {
    isMeasuring = true;
    const readings = createReadings(clock);
    try {
      while (listeners.size > 0) {
        const status = engines.status();
        const containers = await readings.containers(engines.engine(), owner);
        const machine = status.state === 'up' ? { cpus: status.cpus, memoryBytes: status.memoryBytes } : null;
        const disk = (await disks.space(dataDirectory)) ?? { freeBytes: 0, totalBytes: 0 };
        latest = { at: clock.now(), containers, machine, disk };
        wakeAll();
        if (listeners.size > 0) await new Promise<void>((resolve) => void clock.after(EVERY_MS, resolve));
      }
    } finally {
      isMeasuring = false;
      latest = null;
    }
  };

  async function* watch(signal: AbortSignal): AsyncGenerator<Measurement, void> {
    let wake = (): void => {};
    const waker = (): void => wake();
    let seen: Measurement | null = null;
    listeners.add(waker);
    signal.addEventListener('abort', waker);
    try {
      while (!signal.aborted) {
        if (!isMeasuring) void loop();
        if (latest !== null && latest !== seen) {
          seen = latest;
          yield seen;
        } else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
    } finally {
      listeners.delete(waker);
      signal.removeEventListener('abort', waker);
    }
  }

  return { watch };
};
