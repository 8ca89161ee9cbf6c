import type { CommandId } from '../../src-main/contract/ids.ts';
import { createDrydock } from '../../src-main/compose.ts';
import { wholeUpdates } from '../../src-main/domain/fleet-parts.ts';
import { connectInMemory } from '../../src-main/wire/client/connect-in-memory.ts';
import type { DrydockClient } from '../../src-main/wire/client/connection.ts';
import { engineUp, wholeLog } from './drydock.ts';

/** A service in a process of its own that tries an environment, to be killed. Arguments: data directory, repository, setup script. Says the run once setup has written something, then once it is sealed. */
const [dataDirectory = '', repository = '', setup = ''] = process.argv.slice(2);
const drydock = await createDrydock({ dataDirectory });
const { client } = connectInMemory<DrydockClient>(drydock.router);
await engineUp(drydock);
const command = (name: string): CommandId => `cmd_${name.padStart(12, '0')}` as CommandId;
const project = await client.projects.add({ commandId: command('add'), path: repository });
const { run } = await client.setupTries.start({ commandId: command('try'), projectId: project.id, environment: { ...project.environment, setup } });
let isTold = false;
for await (const update of wholeUpdates(await client.fleet.watch({}))) {
  const changes = update.kind === 'snapshot' ? [] : update.changes;
  if (!isTold && (await wholeLog({ client }, run.id, 'setup')).length > 0) {
    isTold = true;
    process.stdout.write(`${run.id}\n`);
  }
  if (changes.some((change) => change.kind === 'setupTry' && change.setupTry.run.state.name === 'reviewable')) {
    for await (const event of await client.runs.openShell({ runId: run.id, columns: 80, rows: 24 })) if (event.kind === 'opened') process.stdout.write('shell\n');
  }
}
