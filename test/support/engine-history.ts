import type { Readable } from 'node:stream';
import Docker from 'dockerode';
import { findEngine } from '../../resources/engine/find-engine.mjs';
import { LABEL } from '../../src-main/domain/container-spec.ts';

const openEngine = async (): Promise<Docker> => {
  const found = await findEngine();
  if (!found.found || found.endpoint.kind !== 'socket') throw new Error('these tests need an engine on a local socket');
  return new Docker({ socketPath: found.endpoint.path });
};

interface EngineEvent {
  readonly Action: string;
  readonly Actor: { readonly ID: string; readonly Attributes: Record<string, string> };
}

const eventsIn = (lines: string): EngineEvent[] =>
  lines.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as EngineEvent);

const phaseOf = (event: EngineEvent): string => event.Actor.Attributes[LABEL.phase] ?? '';

const countByPhase = (events: readonly EngineEvent[]): Record<string, number> =>
  events.map(phaseOf).reduce<Record<string, number>>((counts, role) => ({ ...counts, [role]: (counts[role] ?? 0) + 1 }), {});

/**
 * What the engine says of an owner's containers from now on: its own record, not ours. Watched, because it keeps only some 256
 * events of everybody.
 */
export interface EngineWatch {
  /** Starts so far, by role. */
  starts(): Record<string, number>;
  /** Containers of a role that run right now. */
  running(role: string): number;
  /** Most containers of a role that were running at one moment. */
  mostAtOnce(role: string): number;
  /** Ids of the runs whose container of a role was started, in order. */
  order(role: string): string[];
  /** Containers of a role that there are, by id, with the bytes that each has said. */
  said(role: string): Promise<ReadonlyMap<string, number>>;
  /** Ids of those of a role that were started, in order. */
  started(role: string): string[];
  stop(): void;
}

export const watchEngine = async (owner: string): Promise<EngineWatch> => {
  const docker = await openEngine();
  const stream = (await docker.getEvents({
    filters: { type: ['container'], event: ['start', 'die'], label: [`${LABEL.owner}=${owner}`] },
  })) as Readable;
  const started: EngineEvent[] = [];
  const running = new Map<string, Set<string>>();
  const most = new Map<string, number>();
  let rest = '';
  stream.setEncoding('utf8').on('error', () => {}).on('data', (piece: string) => {
    rest += piece;
    const end = rest.lastIndexOf('\n') + 1;
    for (const event of eventsIn(rest.slice(0, end))) {
      const role = phaseOf(event);
      const now = running.get(role) ?? new Set<string>();
      running.set(role, now);
      if (event.Action === 'start') {
        started.push(event);
        now.add(event.Actor.ID);
      } else now.delete(event.Actor.ID);
      most.set(role, Math.max(most.get(role) ?? 0, now.size));
    }
    rest = rest.slice(end);
  });
  return {
    starts: () => countByPhase(started),
    running: (role) => running.get(role)?.size ?? 0,
    mostAtOnce: (role) => most.get(role) ?? 0,
    order: (role) => started.filter((event) => phaseOf(event) === role).map((event) => event.Actor.Attributes[LABEL.run] ?? ''),
    said: async (role) => {
      const found = await docker.listContainers({ all: true, filters: { label: [`${LABEL.owner}=${owner}`, `${LABEL.phase}=${role}`] } });
      return new Map(await Promise.all(found.map(async ({ Id }) => [Id, (await docker.getContainer(Id).logs({ stdout: true, stderr: true, follow: false })).length] as const)));
    },
    started: (role) => started.filter((event) => phaseOf(event) === role).map((event) => event.Actor.ID),
    stop: () => stream.destroy(),
  };
};
