import type { FleetState } from '../contract/fleet.ts';
import { wholeUpdates } from '../domain/fleet-parts.ts';
import type { DrydockClient } from '../wire/client/connection.ts';
import { afterUpdate } from '../wire/client/fleet-picture.ts';

/** Resolves when the engine was found or is known to be down: a service that has just been composed is still looking for it. */
export async function engineLookedFor(client: DrydockClient): Promise<void> {
  let picture: FleetState | null = null;
  for await (const update of wholeUpdates(await client.fleet.watch({}))) {
    picture = afterUpdate(picture, update);
    if (picture !== null && picture.engine.state !== 'connecting') return;
  }
}
