import { setTimeout as pause } from 'node:timers/promises';
import { claimDataDirectory } from '../../src-main/adapters/files/claim-data-directory.ts';
import { createDrydock } from '../../src-main/compose.ts';
import type { CommandId } from '../../src-main/contract/ids.ts';
import { briefText } from '../../src-main/contract/brief.ts';
import { networkPolicy } from '../../src-main/contract/network.ts';
import type { Environment } from '../../src-main/contract/project.ts';
import { connectInMemory } from '../../src-main/wire/client/connect-in-memory.ts';
import type { DrydockClient } from '../../src-main/wire/client/connection.ts';
import { engineUp, runEnd } from './drydock.ts';
import { reachAt } from './world.ts';

/**
 * A service in a process of its own that ends itself by SIGKILL at the Nth fault point, driven only by commands with fixed ids, as
 * a client that repeats what it has no answer to. Arguments: data directory, repository, N (0: never), brief as JSON. Prints the
 * names of the points it passed and, at the run's end, the run.
 */
const [dataDirectory = '', repository = '', killAt = '0', brief = '{}'] = process.argv.slice(2);
const last = Number(killAt);
let passed = 0;
const names: string[] = [];

const faultPoint = (name: string): void => {
  passed += 1;
  names.push(name);
  if (passed === last) process.kill(process.pid, 'SIGKILL');
};

const command = (name: string): CommandId => `cmd_${name.padStart(12, '0')}` as CommandId;

const claim = await claimDataDirectory(dataDirectory);
const { environment = {}, world, ...text } = JSON.parse(brief) as { environment?: Partial<Environment>; world?: number };
const drydock = await createDrydock({ dataDirectory, faultPoint, ...(world === undefined ? {} : { reach: reachAt(world) }) });
const { client } = connectInMemory<DrydockClient>(drydock.router);
await engineUp(drydock);
const project = await client.projects.add({ commandId: command('add'), path: repository });
await client.projects.setEnvironment({
  commandId: command('set'),
  projectId: project.id,
  environment: {
    ...project.environment,
    setup: '',
    ...environment,
    ...(world === undefined ? {} : { network: networkPolicy.parse({ rules: [{ host: 'allowed.test' }] }) }),
  },
});
// One that was killed before may have launched already: then nothing is waited for.
while (drydock.core.deps.store.unendedRuns().length === 0 && (drydock.core.warm.counts()[project.id] ?? 0) < (environment.warm ?? 0)) await pause(20);
const made = await client.briefs.create({ commandId: command('make'), projectId: project.id, text: briefText.parse(text) });
const launched = await client.briefs.launch({ commandId: command('pack'), briefId: made.id });
const run = await runEnd({ client }, launched.id);
await drydock.dispose();
await claim.release();
process.stdout.write(`${JSON.stringify({ names, run })}\n`);
process.exit(0);
