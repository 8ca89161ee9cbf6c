import { findEngine, type EngineFound, type EngineNotFound } from '../../../resources/engine/find-engine.mjs';
import type { Fault } from '../../contract/fault.ts';
import type { EngineStatus } from '../../contract/fleet.ts';
import { engineWarnings } from '../../domain/engine/engine-warnings.ts';
import type { ContainerEngine, ContainerEvent } from '../../ports/container-engine.ts';
import type { EngineConnection } from '../../ports/engine-connection.ts';
import type { Clock, FaultPoint } from '../../ports/surroundings.ts';
import { createDockerEngine } from './docker-engine.ts';
import { engineLost, engineNotFound, engineSilent } from './engine-down.ts';
import { watchedEngine } from './watched-engine.ts';

/** Pauses between looks while the engine is down: doubled each time, from the first to the last. */
const FIRST_PAUSE_MS = 1_000;
const LAST_PAUSE_MS = 30_000;

export interface ConnectionOptions {
  readonly clock: Clock;
  /** Containers whose events are told: `name=value` of a label. */
  readonly label: string;
  readonly faultPoint?: FaultPoint;
  readonly find?: () => Promise<EngineFound | EngineNotFound>;
  readonly open?: (found: EngineFound) => ContainerEngine;
}

/**
 * Keeps the engine of this machine at hand. Nothing is polled while it is up: its loss shows in the end of its events,
 * or in a call that fails and a ping that fails too. While it is down it is looked for with growing pauses.
 */
export const connectEngine = (options: ConnectionOptions): EngineConnection => {
  const { clock, label } = options;
  const find = options.find ?? findEngine;
  const faultPoint = options.faultPoint;
  const open =
    options.open ??
    (({ endpoint, source }: EngineFound) => createDockerEngine({ endpoint, source, ...(faultPoint === undefined ? {} : { faultPoint }) }));

  let status: EngineStatus = { state: 'connecting' };
  let current: ContainerEngine | null = null;
  let session = new AbortController();
  let pauseMs = FIRST_PAUSE_MS;
  let cancelPause = (): void => {};
  let looking = false;
  let lookAgain = false;
  let disposed = false;
  const changeListeners = new Set<(status: EngineStatus) => void>();
  const eventListeners = new Set<(event: ContainerEvent) => void>();

  const become = (next: EngineStatus): void => {
    if (disposed || JSON.stringify(next) === JSON.stringify(status)) return;
    status = next;
    for (const listener of [...changeListeners]) listener(status);
  };

  const goDown = (fault: Fault): void => {
    session.abort();
    current = null;
    become({ state: 'down', since: status.state === 'down' ? status.since : clock.now(), fault });
  };

  const lose = (lost: AbortController, fault: Fault): void => {
    if (lost !== session || lost.signal.aborted || disposed) return;
    goDown(fault);
    pauseMs = FIRST_PAUSE_MS;
    lookLater();
  };

  /** Opens the engine that was found; what it throws means that it cannot be used. */
  const useEngine = async (found: EngineFound): Promise<void> => {
    const engine = open(found);
    const own = new AbortController();
    session = own;
    const facts = await engine.facts();
    // An engine that does not tell what it is made of is used all the same.
    const warnings = await engine.details().then(({ versions }) => engineWarnings(versions), () => []);
    const tell = (event: ContainerEvent): void => {
      for (const listener of [...eventListeners]) listener(event);
    };
    await engine.events(label, tell, () => lose(own, engineLost(found.source)), own.signal);
    if (disposed || own.signal.aborted) return own.abort();
    let asking = false;
    const inDoubt = (): void => {
      if (asking) return;
      asking = true;
      const answered = (): void => void (asking = false);
      engine.facts().then(answered, (error: unknown) => lose(own, engineSilent(found.source, error)));
    };
    current = watchedEngine(engine, inDoubt);
    pauseMs = FIRST_PAUSE_MS;
    const { source, version, cpus, memoryBytes, architecture } = facts;
    become({ state: 'up', source, version, cpus, memoryBytes, architecture, ...(warnings.length > 0 && { warnings }) });
  };

  const look = async (): Promise<void> => {
    looking = true;
    try {
      const found = await find();
      if (disposed) return;
      if (found.found) await useEngine(found);
      else goDown(engineNotFound(found));
    } catch (error) {
      goDown(engineSilent('the container engine', error));
    } finally {
      looking = false;
      if (current === null) lookLater();
    }
  };

  const lookLater = (): void => {
    cancelPause();
    if (disposed || looking) return;
    const afterMs = lookAgain ? 0 : pauseMs;
    if (!lookAgain) pauseMs = Math.min(pauseMs * 2, LAST_PAUSE_MS);
    lookAgain = false;
    cancelPause = clock.after(afterMs, () => void look());
  };

  void look();
  return {
    status: () => status,
    engine: () => current,
    onChange: (listener) => {
      changeListeners.add(listener);
      return () => changeListeners.delete(listener);
    },
    onEvent: (listener) => {
      eventListeners.add(listener);
      return () => eventListeners.delete(listener);
    },
    reconnect: () => {
      if (current !== null || disposed) return;
      pauseMs = FIRST_PAUSE_MS;
      lookAgain = true;
      // A look that is under way may have asked before the user started the engine.
      if (!looking) lookLater();
    },
    dispose: async () => {
      disposed = true;
      cancelPause();
      session.abort();
      current = null;
      changeListeners.clear();
      eventListeners.clear();
    },
  };
};
