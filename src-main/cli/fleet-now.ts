import type { FleetState } from '../contract/fleet.ts';
import { wholeUpdates } from '../domain/fleet-parts.ts';
import type { DrydockClient } from '../wire/client/connection.ts';
import { afterUpdate } from '../wire/client/fleet-picture.ts';

/** The live picture as it is at this moment. */
export async function fleetNow(client: DrydockClient): Promise<FleetState> {
  for await (const update of wholeUpdates(await client.fleet.watch({}))) {
    const picture = afterUpdate(null, update);
    if (picture !== null) return picture;
  }
  throw new Error('the service told nothing of its fleet');
}
