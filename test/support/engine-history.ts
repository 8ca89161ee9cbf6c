import { text } from 'node:stream/consumers';
import Docker from 'dockerode';
import { findEngine } from '../../resources/engine/find-engine.mjs';
import { LABEL } from '../../src-main/domain/container-spec.ts';

/** Containers of an owner that the engine has started since (seconds), counted by role: the engine's own record, not ours. */
export const startedContainers = async (owner: string, since: number): Promise<Record<string, number>> => {
  const found = await findEngine();
  if (!found.found || found.endpoint.kind !== 'socket') throw new Error('these tests need an engine on a local socket');
  const docker = new Docker({ socketPath: found.endpoint.path });
  const stream = await docker.getEvents({
    since,
    until: Math.floor(Date.now() / 1000) + 1,
    filters: { type: ['container'], event: ['start'], label: [`${LABEL.owner}=${owner}`] },
  });
  const lines = (await text(stream)).split('\n').filter((line) => line !== '');
  const roles = lines.map((line) => (JSON.parse(line) as { Actor: { Attributes: Record<string, string> } }).Actor.Attributes[LABEL.phase] ?? '');
  return roles.reduce<Record<string, number>>((counts, role) => ({ ...counts, [role]: (counts[role] ?? 0) + 1 }), {});
};
