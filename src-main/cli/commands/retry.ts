import { newCommandId } from '../../wire/client/command-id.ts';
import { withService, type CommandLine, type Task } from '../command-line.ts';
import { EXIT } from '../failure.ts';
import { findRun } from '../find-run.ts';
import { waitForRun } from '../wait-for-run.ts';

/** `drydock retry ID`: another attempt at the same brief. */
export function addRetry(line: CommandLine): void {
  line.program
    .command('retry <id>')
    .description('launch the brief of an ended run again')
    .option('--wait', 'follow the new run to its end')
    .action(withService<{ wait?: true }>(line, retry));
}

async function retry(task: Task<{ wait?: true }>, id = ''): Promise<number> {
  const { client, output, options, service } = task;
  const { brief, run: earlier } = await findRun(client, id);
  const run = await client.runs.retry({ commandId: newCommandId(), runId: earlier.id });
  if (options.wait) {
    await output.note(`#${brief.number} ${run.id}`);
    return waitForRun(task, brief.number, run);
  }
  await output.line(`#${brief.number} ${run.id}`);
  await output.data({ ok: true, number: brief.number, briefId: brief.id, runId: run.id, state: run.state });
  if (service.isOurs) await output.note('It is queued, and no service is running: `drydock serve` or the app takes it up.');
  return EXIT.done;
}
