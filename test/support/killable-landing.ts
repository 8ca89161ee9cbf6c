import { createDrydock } from '../../src-main/compose.ts';
import type { CommandId, RunId } from '../../src-main/contract/ids.ts';
import type { LandingTarget } from '../../src-main/contract/landing.ts';
import { claimDataDirectory } from '../../src-main/adapters/files/claim-data-directory.ts';
import { connectInMemory } from '../../src-main/wire/client/connect-in-memory.ts';
import type { DrydockClient } from '../../src-main/wire/client/connection.ts';

/**
 * A service in a process of its own that lands a result and ends itself by SIGKILL at the Nth fault point of that.
 * Arguments: data directory, run, N (0: never), the preview's token, the target as JSON. Prints the points it passed, and the answer or the fault.
 */
const [dataDirectory = '', run = '', killAt = '0', token = '', target = '{}'] = process.argv.slice(2);
const names: string[] = [];
let counting = false;

const claim = await claimDataDirectory(dataDirectory);
const drydock = await createDrydock({
  dataDirectory,
  faultPoint: (name) => {
    if (!counting) return;
    names.push(name);
    if (names.length === Number(killAt)) process.kill(process.pid, 'SIGKILL');
  },
});
counting = true;
const { client } = connectInMemory<DrydockClient>(drydock.router);
const answer = await client.runs
  .land({ commandId: 'cmd_0000000000x1' as CommandId, runId: run as RunId, target: JSON.parse(target) as LandingTarget, token })
  .then((receipt) => ({ receipt }), (error: { data?: unknown }) => ({ fault: error.data ?? String(error) }));
const { landed } = await client.runs.get({ runId: run as RunId });
process.stdout.write(`${JSON.stringify({ names, answer, landed })}\n`);
await drydock.dispose();
await claim.release();
process.exit(0);
